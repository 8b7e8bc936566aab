-- Documents that wait for Welsh, for the list of the court that sent them. Documents of before
-- owe none: nothing of theirs is in the record.
create table translation_index (
    document_id text   not null,
    hearing_id  text   not null,
    requested   bigint not null,
    waits       bigint not null,
    held        bigint not null,
    taken       bigint,
    primary key (document_id)
);

create index translation_index_waits on translation_index (hearing_id) where waits = 1;
