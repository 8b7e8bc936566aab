-- As one of which organisation somebody was given access to a case: it counts there and not where
-- they went since, and so does what they were told of the case by it. Rows of before are of where
-- the person is; of whoever ever moved that is not known, and theirs count nowhere until
-- `ledger rebuild` makes them again.

create table case_person_of (
    case_id         text    not null,
    account_id      text    not null,
    part            text    not null,
    until           text,
    received_at     integer not null,
    organisation_id text    not null,
    constraint case_person_pk primary key (case_id, account_id, organisation_id)
) without rowid;

insert into case_person_of (case_id, account_id, part, until, received_at, organisation_id)
select p.case_id, p.account_id, p.part, p.until, p.received_at,
    case when exists (
        select 1 from ledger_event e
        where e.stream = 'account/' || p.account_id and e.name = 'account.account_moved'
    ) then '' else coalesce((
        select a.organisation_id from account_index a where a.account_id = p.account_id
    ), '') end
from case_person p;

drop table case_person;

alter table case_person_of rename to case_person;

create index case_person_account on case_person (account_id, received_at);
