-- A notice is looked for by whose it is: its key begins with that, and needs no
-- index beside it.

alter table notice drop constraint notice_pk;

drop index notice_account;

alter table notice add constraint notice_pk primary key (account_id, position, notice_id);

-- The papers of a case are read from the case: nobody looks for them by it here.
drop index material_index_case;
