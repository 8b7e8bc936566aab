-- The copy of a superseded document that says so: bytes that the record holds on to.
alter table document_index add column marked_sha256 text;

create index document_index_marked on document_index (marked_sha256);
