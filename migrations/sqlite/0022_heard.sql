-- What people asked for and what was refused, on its way into the ledger: kept as soon as it is
-- answered, added up, and taken away once it is recorded. A batch is what becomes one event,
-- named by the command under which it does; the one without a name is still added to. Working
-- state.

create table heard (
    batch    text    not null,
    line_id  text    not null,
    kind     text    not null,
    whose    text    not null,
    wrapped  blob    not null,
    sealed   blob    not null,
    first_at integer not null,
    last_at  integer not null,
    times    integer not null,
    constraint heard_pk primary key (batch, line_id)
);
