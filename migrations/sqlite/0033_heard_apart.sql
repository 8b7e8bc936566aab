-- Whether a case is still before the court in a hearing: one that was heard there together with
-- others may be heard apart again. Of one that left it the row stays, and says so: what is derived
-- is put and never taken away.
alter table hearing_case add column listed integer not null default 1;
