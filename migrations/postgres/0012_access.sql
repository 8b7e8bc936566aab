-- Who was given permission on single cases, which cases are sensitive, who broke the
-- glass, and the ledger by time, for reports of who saw and did what.
alter table case_index add column sensitive bigint not null default 0;

create table case_permission (
    case_id    text    not null,
    account_id text    not null,
    active     bigint not null,
    since      bigint not null,
    constraint case_permission_pk primary key (case_id, account_id)
);

create index case_permission_account on case_permission (account_id, active);

create table case_opening (
    opening_id  text    not null,
    case_id     text    not null,
    account_id  text    not null,
    name        text    not null,
    reason      text    not null,
    at          bigint not null,
    reviewed_at bigint,
    reviewed_by text,
    outcome     text,
    constraint case_opening_pk primary key (opening_id)
);

create index case_opening_case on case_opening (case_id, at);

create index case_opening_open on case_opening (at) where reviewed_at is null;

create index ledger_event_at on ledger_event (at);
