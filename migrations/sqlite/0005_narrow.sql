-- Tables that are looked into by one key lie in the order of that key, and in
-- nothing beside it: what a command writes is mostly the pages that it touches.
-- The papers of a case are read from the case: nobody looks for them by it here.

create table notice_narrow (
    notice_id  text    not null,
    account_id text    not null,
    position   integer not null,
    at         integer not null,
    title      text    not null,
    body       text    not null,
    case_id    text,
    constraint notice_pk primary key (account_id, position, notice_id)
) without rowid;

insert into notice_narrow (notice_id, account_id, position, at, title, body, case_id)
select notice_id, account_id, position, at, title, body, case_id from notice;

drop table notice;

alter table notice_narrow rename to notice;

create table command_done_narrow (
    command_id text    not null,
    position   integer not null,
    answer     text    not null,
    at         integer not null,
    constraint command_done_pk primary key (command_id)
) without rowid;

insert into command_done_narrow (command_id, position, answer, at)
select command_id, position, answer, at from command_done;

drop table command_done;

alter table command_done_narrow rename to command_done;

create table material_index_narrow (
    material_id     text    not null,
    case_id         text    not null,
    defendant_id    text,
    section         text    not null,
    name            text    not null,
    name_folded     text    not null,
    mime            text    not null,
    bytes           integer not null,
    sha256          text    not null,
    organisation_id text    not null,
    at              integer not null,
    constraint material_index_pk primary key (material_id)
) without rowid;

insert into material_index_narrow (
    material_id, case_id, defendant_id, section, name, name_folded, mime, bytes, sha256,
    organisation_id, at
)
select
    material_id, case_id, defendant_id, section, name, name_folded, mime, bytes, sha256,
    organisation_id, at
from material_index;

drop table material_index;

alter table material_index_narrow rename to material_index;

create index material_index_object on material_index (sha256);
