-- When the person of a session last proved who they are by more than their password: by a code, a
-- recovery code, a passkey or their organisation's provider. Never, of sessions from before.
alter table session add column strongly_proven_at bigint not null default 0;
