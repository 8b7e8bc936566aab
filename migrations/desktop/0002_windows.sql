-- Each window keeps a row of its own: two windows of one person at one hearing took
-- each other's words away. Rows of before belong to a window that is gone.
create table draft_of_window (
    hearing_id text not null,
    account_id text not null,
    window_id text not null,
    body text not null,
    kept_at integer not null,
    constraint draft_key primary key (hearing_id, account_id, window_id)
);

insert into draft_of_window (hearing_id, account_id, window_id, body, kept_at)
select hearing_id, account_id, '', body, kept_at from draft;

drop table draft;

alter table draft_of_window rename to draft;
