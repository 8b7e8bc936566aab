-- Which bytes the record holds on to: an upload that was never served is swept up
-- together with its bytes, and with nobody else's.

-- Null until the document is made; of what was made before this column was
-- there, until the next `ledger rebuild`.
alter table document_index add column sha256 text;

create index document_index_object on document_index (sha256);

create index material_index_object on material_index (sha256);

create index upload_object on upload (sha256);

create index upload_age on upload (at);

-- Tries that are long past are swept up by their age.
create index tries_age on tries (since);
