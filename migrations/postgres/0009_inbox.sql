-- What an organisation has still to acknowledge is shown first, however much came later.
create index delivery_index_outstanding on delivery_index (organisation_id, received) where outstanding = 1;
