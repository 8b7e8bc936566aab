-- A reason for opening a sensitive case counts by the record and not by one server: each
-- opening says of which kind it is, until when it opens, and whether a review found it wrong.
alter table case_opening add column kind text not null default 'glass';
alter table case_opening add column until bigint not null default 0;
alter table case_opening add column wrong bigint not null default 0;

update case_opening set until = at + 14400000000;
update case_opening set wrong = 1 where outcome like 'Not justified%';

-- Every request of somebody who is signed in asks whether they gave one that counts.
create index case_opening_account on case_opening (account_id, until);

-- Reasons for cases of other courts wait for no review.
drop index case_opening_open;
create index case_opening_waiting on case_opening (at) where reviewed_at is null and kind <> 'area';
