-- The other cases of one person that a document speaks of, besides the one it is filed under first:
-- whoever opens one of them has the document, too. Derived from the document.
create table document_beside (
    case_id     text not null,
    document_id text not null,
    constraint document_beside_pk primary key (case_id, document_id)
);
