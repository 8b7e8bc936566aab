-- The daily reconciliation: what became of each day's deliveries by the ledger, agency by agency,
-- and of how many of them the index said something else. A day is claimed by whichever server
-- reconciles it, and kept by it alone. Where no court or organisation can be told, the id is empty.
-- Working state.

create table reconciliation (
    day           text    not null,
    claimed_until integer not null,
    done_at       integer,
    differing     integer not null,
    differs_since integer,
    constraint reconciliation_pk primary key (day)
);

create table reconciliation_figures (
    day             text    not null,
    court_id        text    not null,
    organisation_id text    not null,
    channel         text    not null,
    requested       integer not null,
    delivered       integer not null,
    acknowledged    integer not null,
    failed          integer not null,
    stopped         integer not null,
    settled         integer not null,
    outstanding     integer not null,
    differing       integer not null,
    differed        integer not null,
    constraint reconciliation_figures_pk primary key (day, court_id, organisation_id, channel)
);

-- Who at a court sees to a day that differs.
create table reconciliation_owner (
    day        text    not null,
    court_id   text    not null,
    account_id text    not null,
    name       text    not null,
    since      integer not null,
    constraint reconciliation_owner_pk primary key (day, court_id)
);
