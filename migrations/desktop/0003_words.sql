-- What is typed beside the results of a hearing: a note of the log, a reason. By the place in which
-- it is typed; what is typed last stands.
create table words (
    hearing_id text not null,
    account_id text not null,
    place text not null,
    body text not null,
    kept_at integer not null,
    constraint words_key primary key (hearing_id, account_id, place)
);
