-- Working state: changed in place, no part of the record, untouched by a rebuild.

create table session (
    session_id text    not null,
    account_id text    not null,
    token_hash text    not null,
    opened_at  bigint  not null,
    expires_at bigint  not null,
    constraint session_pk primary key (session_id),
    constraint session_token_unique unique (token_hash)
);

create index session_account on session (account_id);

create index session_expiry on session (expires_at);

create table password (
    account_id text not null,
    phc        text not null,
    constraint password_pk primary key (account_id)
);

create table tries (
    name  text    not null,
    since bigint  not null,
    tries bigint  not null,
    constraint tries_pk primary key (name)
);

create table machine_secret (
    machine_id  text not null,
    secret_hash text not null,
    constraint machine_secret_pk primary key (machine_id),
    constraint machine_secret_unique unique (secret_hash)
);

create table result_draft (
    hearing_id text    not null,
    revision   bigint  not null,
    lines      text    not null,
    unresolved text    not null,
    saved_by   text    not null,
    saved_at   bigint  not null,
    constraint result_draft_pk primary key (hearing_id)
);

create table upload (
    upload_id  text    not null,
    account_id text    not null,
    sha256     text    not null,
    bytes      bigint  not null,
    mime       text    not null,
    at         bigint  not null,
    constraint upload_pk primary key (upload_id)
);

create table case_seen (
    account_id text    not null,
    case_id    text    not null,
    version    bigint  not null,
    constraint case_seen_pk primary key (account_id, case_id)
);

create table notice_read (
    notice_id  text not null,
    account_id text not null,
    constraint notice_read_pk primary key (notice_id)
);
