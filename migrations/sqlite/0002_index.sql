-- What lists and searches need, derived from the events and made again by a
-- rebuild. There are no foreign keys here: these rows are a function of the
-- events, and a mistake in them must never refuse an event.

create table case_index (
    case_id         text    not null,
    urn             text    not null,
    initiation      text    not null,
    prosecutor_ou   text    not null,
    prosecutor_name text    not null,
    defendants      text    not null,
    offences        text    not null,
    names_folded    text    not null,
    titles_folded   text    not null,
    received_at     integer not null,
    concluded       integer not null,
    constraint case_index_pk primary key (case_id),
    constraint case_index_urn_unique unique (urn)
);

create index case_index_prosecutor on case_index (prosecutor_ou, received_at);

create table defendant_index (
    defendant_id  text    not null,
    case_id       text    not null,
    place         integer not null,
    name          text    not null,
    name_folded   text    not null,
    date_of_birth text,
    firm          text,
    basis         text,
    constraint defendant_index_pk primary key (defendant_id)
);

create index defendant_index_case on defendant_index (case_id, place);

create index defendant_index_name on defendant_index (name_folded);

create table case_party (
    case_id         text    not null,
    organisation_id text    not null,
    part            text    not null,
    received_at     integer not null,
    constraint case_party_pk primary key (case_id, organisation_id)
);

create index case_party_organisation on case_party (organisation_id, received_at);

create table hearing_index (
    hearing_id     text    not null,
    court_id       text    not null,
    court_name     text    not null,
    courtroom_id   text    not null,
    courtroom_name text    not null,
    day            text    not null,
    starts_at      integer not null,
    kind           text    not null,
    state          text    not null,
    shared         integer not null,
    constraint hearing_index_pk primary key (hearing_id)
);

create index hearing_index_room on hearing_index (courtroom_id, day, starts_at);

create index hearing_index_court on hearing_index (court_id, day, starts_at);

create table hearing_case (
    hearing_id text    not null,
    case_id    text    not null,
    place      integer not null,
    constraint hearing_case_pk primary key (hearing_id, case_id)
);

create index hearing_case_case on hearing_case (case_id);

create table material_index (
    material_id     text    not null,
    case_id         text    not null,
    defendant_id    text,
    section         text    not null,
    name            text    not null,
    name_folded     text    not null,
    mime            text    not null,
    bytes           integer not null,
    sha256          text    not null,
    organisation_id text    not null,
    at              integer not null,
    constraint material_index_pk primary key (material_id)
);

create index material_index_case on material_index (case_id, at);

create table material_read (
    account_id  text    not null,
    material_id text    not null,
    case_id     text    not null,
    first_at    integer not null,
    constraint material_read_pk primary key (account_id, material_id)
);

create index material_read_case on material_read (account_id, case_id);

create table document_index (
    document_id  text    not null,
    case_id      text    not null,
    hearing_id   text    not null,
    defendant_id text    not null,
    name         text    not null,
    kind         text    not null,
    requested    integer not null,
    made         integer not null,
    constraint document_index_pk primary key (document_id)
);

create index document_index_hearing on document_index (hearing_id, requested);

create index document_index_case on document_index (case_id);

create index document_index_unmade on document_index (requested) where made = 0;

create table delivery_index (
    delivery_id     text    not null,
    document_id     text    not null,
    organisation_id text,
    channel         text    not null,
    state           text    not null,
    requested       integer not null,
    received        integer,
    waiting         integer not null,
    constraint delivery_index_pk primary key (delivery_id)
);

create index delivery_index_document on delivery_index (document_id);

create index delivery_index_inbox on delivery_index (organisation_id, received);

create index delivery_index_waiting on delivery_index (requested) where waiting = 1;

create table document_read (
    account_id  text    not null,
    document_id text    not null,
    first_at    integer not null,
    constraint document_read_pk primary key (account_id, document_id)
);

create table account_index (
    account_id      text    not null,
    email           text    not null,
    organisation_id text    not null,
    active          integer not null,
    opened          integer not null,
    body            text    not null,
    constraint account_index_pk primary key (account_id),
    constraint account_index_email_unique unique (email)
);

create index account_index_organisation on account_index (organisation_id, active);

create table organisation_index (
    organisation_id text    not null,
    kind            text    not null,
    name_folded     text    not null,
    ou_code         text,
    added           integer not null,
    body            text    not null,
    constraint organisation_index_pk primary key (organisation_id)
);

create index organisation_index_ou on organisation_index (ou_code);

create table machine_index (
    machine_id text    not null,
    ou_code    text    not null,
    active     integer not null,
    issued     integer not null,
    body       text    not null,
    constraint machine_index_pk primary key (machine_id)
);

create table submission_index (
    submission_id text    not null,
    ou_code       text    not null,
    sha256        text    not null,
    status        text    not null,
    case_id       text,
    received_at   integer not null,
    constraint submission_index_pk primary key (submission_id)
);

create index submission_index_sent on submission_index (ou_code, sha256);

create table notice (
    notice_id  text    not null,
    account_id text    not null,
    position   integer not null,
    at         integer not null,
    title      text    not null,
    body       text    not null,
    case_id    text,
    constraint notice_pk primary key (notice_id)
);

create index notice_account on notice (account_id, position);
