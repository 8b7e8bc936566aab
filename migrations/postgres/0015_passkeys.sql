-- Passkeys, and ceremonies that are on their way through somebody's browser. Working state:
-- that a passkey was added, refused or removed is in the ledger.

create table passkey (
    passkey_id    text    not null,
    account_id    text    not null,
    name          text    not null,
    credential_id text    not null,
    credential    text    not null,
    counter       bigint  not null,
    added_at      bigint  not null,
    used_at       bigint  not null,
    refused_at    bigint  not null,
    constraint passkey_pk primary key (passkey_id),
    constraint passkey_credential unique (credential_id)
);

create index passkey_account on passkey (account_id);

create table passkey_ceremony (
    ticket_hash text    not null,
    secret_hash text    not null,
    code_hash   text    not null,
    answered    bigint  not null,
    wrapped     bytea   not null,
    sealed      bytea   not null,
    expires_at  bigint  not null,
    constraint passkey_ceremony_pk primary key (ticket_hash),
    constraint passkey_ceremony_secret unique (secret_hash)
);

create index passkey_ceremony_expiry on passkey_ceremony (expires_at);
