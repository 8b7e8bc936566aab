-- As one of which organisation somebody was given access to a case: it counts there and not where
-- they went since, and so does what they were told of the case by it. Rows of before are of where
-- the person is; of whoever ever moved that is not known, and theirs count nowhere until
-- `ledger rebuild` makes them again.

alter table case_person add column organisation_id text;

update case_person set organisation_id =
    case when exists (
        select 1 from ledger_event e
        where e.stream = 'account/' || case_person.account_id and e.name = 'account.account_moved'
    ) then '' else coalesce((
        select a.organisation_id from account_index a where a.account_id = case_person.account_id
    ), '') end;

alter table case_person alter column organisation_id set not null;

alter table case_person drop constraint case_person_pk;

alter table case_person
    add constraint case_person_pk primary key (case_id, account_id, organisation_id);
