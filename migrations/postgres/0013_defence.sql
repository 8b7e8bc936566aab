-- Who acts in a case, and finding a defendant by name and day of hearing. Rows of before
-- say what they can: `ledger rebuild` makes them whole.

-- People who have access to a case: as what, and until which day. Of those that no longer
-- have it a row stays that says so: what they were told of the case is theirs no longer.
create table case_person (
    case_id     text    not null,
    account_id  text    not null,
    part        text    not null,
    until       text,
    received_at bigint not null,
    constraint case_person_pk primary key (case_id, account_id)
);

create index case_person_account on case_person (account_id, received_at);

-- A defendant is found on the day of a hearing by how the name sounds: however many
-- cases there are, one day has few of them.
create table defendant_hearing (
    day          text    not null,
    name_key     text    not null,
    defendant_id text    not null,
    hearing_id   text    not null,
    case_id      text    not null,
    listed       bigint not null,
    constraint defendant_hearing_pk primary key (day, name_key, defendant_id, hearing_id)
);

create index defendant_hearing_defendant on defendant_hearing (defendant_id);

-- Every name, and whether a representation order keeps the firm on record.
alter table defendant_index add column names text not null default '[]';
alter table defendant_index add column locked bigint not null default 0;

-- What the Legal Aid Agency is told: who goes on and off record, in order.
create table legal_aid_message (
    position        bigint not null,
    defendant_id    text    not null,
    at              bigint not null,
    kind            text    not null,
    case_id         text    not null,
    body            text    not null,
    constraint legal_aid_message_pk primary key (position, defendant_id)
);
