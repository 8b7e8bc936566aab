-- What the alarms and the daily reconciliation ask of a delivery. Rows of before say
-- what they can; `ledger rebuild` makes them whole.
alter table delivery_index add column recipient text not null default '';
alter table delivery_index add column must_acknowledge bigint not null default 0;
alter table delivery_index add column acknowledged bigint;
alter table delivery_index add column settled bigint;
alter table delivery_index add column outstanding bigint not null default 0;
alter table delivery_index add column alarm_from bigint;
alter table delivery_index add column urgent bigint not null default 0;
alter table delivery_index add column taken bigint;
alter table delivery_index add column arrived bigint not null default 0;

update delivery_index set arrived = 1
where state <> 'failed' and (received is not null
    or (state = 'sent' and channel in ('first_class_post', 'second_class_post')));

update delivery_index set outstanding = 1
where received is null and state <> 'stopped' and channel <> 'file_only';

create index delivery_index_alarm on delivery_index (alarm_from) where alarm_from is not null;

create index delivery_index_requested on delivery_index (requested);
