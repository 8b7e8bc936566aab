-- Which case a notice tells of, where it does not lead into one: it goes behind the veil
-- with the case. Notices of before get theirs by a rebuild.
alter table notice add column about text;
