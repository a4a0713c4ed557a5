-- The events log: what staff needs to know. Entries are never overwritten: a repeat of an open one raises its count, a
-- repeat after it was resolved is a new entry. Kinds, severities, and subject types: src/domain/events.ts.
create table events (
  id                bigint generated always as identity primary key,
  kind              text not null,
  severity          text not null check (severity in ('info', 'warning', 'critical')),
  subject_type      text not null,
  subject_id        text not null,
  -- null: no client, or one that the reseller does not see
  client_id         bigint references clients,
  -- whose event it is; null: of the whole installation, which only the operator sees
  reseller_id       bigint references resellers,
  -- what makes two occurrences the same, within kind and reseller
  cause             text not null check (length(cause) between 1 and 300),
  -- of the first occurrence: text by name, without secrets and addresses
  data              jsonb not null default '{}',
  first_at          timestamptz not null,
  last_at           timestamptz not null check (last_at >= first_at),
  times             integer not null default 1 check (times > 0),
  resolved_at       timestamptz,
  -- `system`, `user:<id>`, `key:<id>`
  resolved_by       text,
  resolved_reason   text,
  -- events that staff reads about in one email
  email_group       text not null check (length(email_group) between 1 and 600),
  -- a worker is emailing it until then
  email_lease_until timestamptz,
  emailed_at        timestamptz,
  -- when staff was emailed that its cause has ended
  recovery_emailed_at timestamptz,
  check ((resolved_at is null) = (resolved_by is null))
);
create unique index events_open on events (kind, coalesce(reseller_id, 0), cause) where resolved_at is null;
create index events_last on events (last_at, id);
create index events_first on events (first_at, id);
create index events_client on events (client_id, id desc);
create index events_to_email on events (email_group) where resolved_at is null and emailed_at is null;
create index events_to_recover on events (email_group)
  where resolved_by = 'system' and emailed_at is not null and recovery_emailed_at is null;
create index events_emailed on events (email_group, emailed_at) where emailed_at is not null;
