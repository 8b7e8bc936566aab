-- The hearing that a notice leads to, where what is to be done is done there. Notices of
-- before get theirs by a rebuild.
alter table notice add column hearing_id text;
