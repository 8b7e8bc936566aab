-- Deliveries on their way out of here: how often each was tried, the sealed secrets
-- with which callbacks are signed, and batches for the post. Working state.

create table delivery_attempt (
    delivery_id   text    not null,
    tried         integer not null,
    since         integer not null,
    next_at       integer not null,
    claimed_until integer not null,
    why           text    not null,
    constraint delivery_attempt_pk primary key (delivery_id)
);

create table channel_secret (
    organisation_id text not null,
    sealed          blob not null,
    constraint channel_secret_pk primary key (organisation_id)
);

create table post_batch (
    batch_id text    not null,
    begun_at integer not null,
    ended    integer not null,
    constraint post_batch_pk primary key (batch_id)
);

create table post_letter (
    delivery_id text    not null,
    document_id text    not null,
    batch_id    text    not null,
    place       integer not null,
    told        integer not null,
    constraint post_letter_pk primary key (delivery_id)
);

create index post_letter_batch on post_letter (batch_id, place);

-- What waits to leave here, by who it is for: the queues apart from the inboxes'.
create index delivery_index_carried on delivery_index (organisation_id, requested) where waiting = 2;

create index delivery_index_post on delivery_index (requested) where waiting = 3;

create index delivery_index_dead on delivery_index (requested) where waiting = 4;

-- Letters that were asked for before there were batches.
update delivery_index set waiting = 3
where
    channel in ('first_class_post', 'second_class_post') and state = 'queued'
    and document_id in (select document_id from document_index where sha256 is not null);
