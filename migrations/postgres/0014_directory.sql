-- After which event the organisations and people stand as they do: whoever remembers
-- them asks this one row whether they still do.
create table directory (
    one     bigint not null,
    changed bigint not null,
    constraint directory_pk primary key (one)
);
