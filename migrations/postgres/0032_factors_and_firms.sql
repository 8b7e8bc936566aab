-- Whose second factors were all taken away by whoever administers them, until they set up another:
-- a code by letter is asked for in its place. Working state: that it was done is in the ledger.
create table factor_taken (
    account_id text    not null,
    taken_at   bigint  not null,
    constraint factor_taken_pk primary key (account_id)
);

-- Cases with a representation order for a firm that is not registered here.
create index case_party_awaited on case_party (received_at, case_id) where part = 'awaited';
