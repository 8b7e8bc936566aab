-- Who is amending the results of a hearing, so that what somebody holds when they leave is
-- found. Amendments that were begun before get theirs by a rebuild.
alter table hearing_index add column amender text;
create index hearing_index_amender on hearing_index (amender) where amender is not null;
