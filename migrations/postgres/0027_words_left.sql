-- What was typed in a hearing and not sent when it was closed to whoever typed it, for whoever
-- types there. Derived from the readings of its case, where it is sealed. Of a hearing that there
-- is not, it is found by its cases too.
create table words_left (
    about_id   text    not null,
    account_id text    not null,
    sha256     text    not null,
    name       text    not null,
    at         bigint  not null,
    words      text    not null,
    constraint words_left_pk primary key (about_id, account_id, sha256)
);
