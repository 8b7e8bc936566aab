-- The record: every event in one order, each carrying the hash of the one
-- before it in its stream and of the one before it in the whole.
-- Instants are microseconds since 1970, ids and hashes are text.

create table ledger_event (
    position         integer not null,
    stream           text    not null,
    stream_kind      text    not null,
    version          integer not null,
    event_id         text    not null,
    name             text    not null,
    key_owner        text    not null,
    command_id       text    not null,
    actor            text    not null,
    at               integer not null,
    body             blob    not null,
    prev_stream_hash text    not null,
    prev_chain_hash  text    not null,
    hash             text    not null,
    constraint ledger_event_pk primary key (position),
    constraint ledger_event_stream_unique unique (stream, version)
);

-- Keys under which bodies are sealed, each wrapped by the server's key.
-- A destroyed key keeps its row, emptied: nobody may make it a second time.
create table data_key (
    owner        text    not null,
    wrapped      blob    not null,
    made_at      integer not null,
    destroyed_at integer,
    constraint data_key_pk primary key (owner)
);

-- What each command answered, so that the same command twice is recorded once.
create table command_done (
    command_id text    not null,
    position   integer not null,
    answer     text    not null,
    at         integer not null,
    constraint command_done_pk primary key (command_id)
);

-- Derived from the events: where each stream stands, and what it folds to.
create table stream_head (
    stream      text    not null,
    stream_kind text    not null,
    key_owner   text    not null,
    version     integer not null,
    hash        text    not null,
    snapshot    blob,
    constraint stream_head_pk primary key (stream)
);
