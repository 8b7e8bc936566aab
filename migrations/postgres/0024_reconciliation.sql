-- The daily reconciliation: what became of each day's deliveries by the ledger, agency by agency,
-- and of how many of them the index said something else. A day is claimed by whichever server
-- reconciles it, and kept by it alone. Where no court or organisation can be told, the id is empty.
-- Working state.

create table reconciliation (
    day           text    not null,
    claimed_until bigint  not null,
    done_at       bigint ,
    differing     bigint  not null,
    differs_since bigint ,
    constraint reconciliation_pk primary key (day)
);

create table reconciliation_figures (
    day             text    not null,
    court_id        text    not null,
    organisation_id text    not null,
    channel         text    not null,
    requested       bigint  not null,
    delivered       bigint  not null,
    acknowledged    bigint  not null,
    failed          bigint  not null,
    stopped         bigint  not null,
    settled         bigint  not null,
    outstanding     bigint  not null,
    differing       bigint  not null,
    differed        bigint  not null,
    constraint reconciliation_figures_pk primary key (day, court_id, organisation_id, channel)
);

-- Who at a court sees to a day that differs.
create table reconciliation_owner (
    day        text    not null,
    court_id   text    not null,
    account_id text    not null,
    name       text    not null,
    since      bigint  not null,
    constraint reconciliation_owner_pk primary key (day, court_id)
);
