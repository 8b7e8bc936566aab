-- What was typed in a hearing and not sent when it was closed to whoever typed it, for whoever
-- types there. Derived from the readings of its case, where it is sealed.
create table words_left (
    hearing_id text    not null,
    account_id text    not null,
    sha256     text    not null,
    name       text    not null,
    at         bigint  not null,
    words      text    not null,
    constraint words_left_pk primary key (hearing_id, account_id, sha256)
);
