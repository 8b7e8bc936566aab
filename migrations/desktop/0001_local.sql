-- What the desktop keeps on the computer: working state of one person's machine,
-- never case data that came from the server.

-- Text that was typed and is not yet known to be recorded. It may not be lost.
create table draft (
    hearing_id text not null,
    account_id text not null,
    body text not null,
    kept_at integer not null,
    constraint draft_key primary key (hearing_id, account_id)
);

-- What was last chosen, so that it need not be chosen again. It may be lost.
create table choice (
    name text not null,
    value text not null,
    constraint choice_key primary key (name)
);
