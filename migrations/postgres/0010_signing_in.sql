-- Signing in: what a session knows of its person and its place, second factors,
-- codes and letters about accounts, identities at organisations' own providers.
-- Working state.

alter table session add column seen_at bigint not null default 0;

alter table session add column proven_at bigint not null default 0;

alter table session add column locked bigint not null default 0;

alter table session add column by_provider bigint not null default 0;

alter table session add column seen_from text not null default '';

alter table session add column device text not null default '';

update session set seen_at = opened_at, proven_at = opened_at;

create table second_factor (
    account_id   text    not null,
    sealed       bytea not null,
    confirmed_at bigint  not null,
    last_step    bigint  not null,
    constraint second_factor_pk primary key (account_id)
);

create table recovery_code (
    account_id text not null,
    code_hash  text not null,
    constraint recovery_code_pk primary key (account_id, code_hash)
);

-- A code that came by letter; of nobody, if nobody has the address that was given.
create table account_code (
    code_hash  text    not null,
    account_id text    not null,
    purpose    text    not null,
    expires_at bigint  not null,
    constraint account_code_pk primary key (code_hash)
);

create index account_code_account on account_code (account_id, purpose);

create table account_letter (
    letter_id     text    not null,
    wrapped       bytea not null,
    sealed        bytea not null,
    written_at    bigint  not null,
    next_at       bigint  not null,
    claimed_until bigint  not null,
    tried         bigint  not null,
    expires_at    bigint  not null,
    constraint account_letter_pk primary key (letter_id)
);

create index account_letter_next on account_letter (next_at);

create table provider_sign_in (
    secret_hash     text    not null,
    organisation_id text    not null,
    wrapped         bytea not null,
    sealed          bytea not null,
    expires_at      bigint  not null,
    constraint provider_sign_in_pk primary key (secret_hash)
);

create table provider_identity (
    issuer     text    not null,
    subject    text    not null,
    account_id text    not null,
    bound_at   bigint  not null,
    constraint provider_identity_pk primary key (issuer, subject),
    constraint provider_identity_account unique (issuer, account_id)
);

-- Short-lived tokens of other organisations' systems (RFC 6749, section 4.4).
create table machine_token (
    token_hash text    not null,
    machine_id text    not null,
    expires_at bigint  not null,
    constraint machine_token_pk primary key (token_hash)
);

create index machine_token_expiry on machine_token (expires_at);
