-- Organisations that ask to join, and what support holds: derived from the events.
create table registration_index (
    organisation_id text    not null,
    reference       text    not null,
    standing        text    not null,
    at              bigint  not null,
    body            text    not null,
    constraint registration_index_pk primary key (organisation_id)
);

create index registration_index_reference on registration_index (reference);

create index registration_index_waiting on registration_index (at) where standing = 'waiting';

create table announcement_index (
    announcement_id text    not null,
    ends_at         bigint  not null,
    rank            bigint  not null,
    starts_at       bigint  not null,
    body            text    not null,
    constraint announcement_index_pk primary key (announcement_id)
);

create index announcement_index_end on announcement_index (ends_at);

create table help_index (
    request_id text    not null,
    account_id text    not null,
    asked_at   bigint  not null,
    answered   bigint  not null,
    body       text    not null,
    constraint help_index_pk primary key (request_id)
);

create index help_index_account on help_index (account_id, asked_at);

create index help_index_waiting on help_index (asked_at) where answered = 0;

-- Working state: the hashes of the codes that activate accounts, for which addresses a link was
-- asked for, when an account was last used.
create table activation_code (
    account_id    text    not null,
    code_hash     text    not null,
    sent_at       bigint  not null,
    expires_at    bigint  not null,
    claimed_until bigint  not null,
    constraint activation_code_pk primary key (account_id),
    constraint activation_code_unique unique (code_hash)
);

create table activation_asked (
    asked_id text    not null,
    email    text    not null,
    at       bigint  not null,
    constraint activation_asked_pk primary key (asked_id)
);

create table account_use (
    account_id text    not null,
    last_at    bigint  not null,
    constraint account_use_pk primary key (account_id)
);

create index account_use_last on account_use (last_at);

-- Mail to people. The event puts its row, the sender changes it in place; a rebuild leaves it
-- alone, so that nothing is sent twice.
create table account_mail (
    mail_id       text    not null,
    kind          text    not null,
    about         text    not null,
    since         bigint  not null,
    tried         bigint  not null,
    next_at       bigint  not null,
    claimed_until bigint  not null,
    state         text    not null,
    constraint account_mail_pk primary key (mail_id)
);

create index account_mail_waiting on account_mail (next_at) where state = 'waiting';

create index account_mail_about on account_mail (about, since);
