-- Every change: who, through what, why, before and after. Written in the change's own transaction, never altered.
create table audit (
  id           bigint generated always as identity primary key,
  at           timestamptz not null default now(),
  actor        text not null,
  source       text not null check (source in ('api', 'web', 'cli', 'temporal', 'job', 'system', 'panel')),
  action       text not null check (action ~ '^[a-z_]+\.[a-z_]+$'),
  subject_type text not null,
  subject_id   text not null,
  client_id    bigint,
  reseller_id  bigint references resellers,
  reason       text,
  before       jsonb,
  after        jsonb,
  request_id   text,
  -- the update of a monitor that wrote the row: the same update, repeated, writes no second one
  update_id    text check (length(update_id) between 1 and 200)
);
create index audit_client on audit (client_id, id desc) where client_id is not null;
create index audit_subject on audit (subject_type, subject_id, id desc);
create index audit_reseller on audit (reseller_id, id desc);
create index audit_update on audit (client_id, update_id) where update_id is not null;
create index audit_at on audit (at, id);
create index audit_actor on audit (actor, id desc);
create index audit_action on audit (action, id desc);

-- Answers of requests that carried an Idempotency-Key, for a day.
create table idempotency_keys (
  -- `key:7`, `user:3`
  caller        text not null check (length(caller) <= 40),
  key           text not null check (length(key) between 1 and 200),
  operation     text not null,
  request_hash  bytea not null,
  -- what carries the request out, also when it is repeated without an answer; a refused request frees it
  update_id     text not null check (length(update_id) between 1 and 200),
  -- null: the request is still being worked on
  status        integer,
  headers       jsonb,
  -- as it was sent; null where it held a secret
  body          text,
  created_at    timestamptz not null default now(),
  primary key (caller, key)
);
create index idempotency_keys_age on idempotency_keys (created_at);

-- Worker and API processes that run, or ran: each writes its row every few seconds.
create table processes (
  id          uuid primary key,
  kind        text not null check (kind in ('api', 'worker')),
  version     text not null,
  host        text not null,
  started_at  timestamptz not null default now(),
  seen_at     timestamptz not null default now(),
  -- null: it runs, or it ended without writing so
  stopped_at  timestamptz,
  -- what only this process can know, such as whether the balance source answers it
  facts       jsonb not null default '{}'
);
create index processes_seen on processes (kind, seen_at desc);

-- Requests of the API, for a while. Written behind the answers: the last second of a process that crashed is missing.
create table request_log (
  id               bigint generated always as identity primary key,
  request_id       text not null,
  at               timestamptz not null,
  method           text not null,
  path             text not null,
  operation        text,
  status           integer not null,
  duration_ms      real not null,
  -- null: the caller is unknown
  caller           text,
  reseller_id      bigint,
  key_prefix       text,
  idempotency_key  text,
  address          text,
  -- without secrets, cut; null: none, a read, or a login
  request_body     text,
  answer_body      text
);
create index request_log_id on request_log (request_id, id desc);
create index request_log_age on request_log (at);
create index request_log_reseller on request_log (reseller_id, id desc);
-- The log without what the web page read (src/storage/system/requests/request-log.ts has the same condition).
create index request_log_not_page on request_log (id desc)
  where not (method = 'GET' and status < 400 and coalesce(caller, '') like 'user:%');
create index request_log_faults on request_log (id desc) where status >= 400;

-- How this installation works, for all resellers: one row, a column for each entry of the catalogue
-- (src/domain/system/installation-settings.ts), with the same values and bounds.
create table installation_settings (
  only_row                 boolean primary key default true check (only_row),
  -- who may get temporary credit: every client with a credit limit, or postpaid clients only
  temporary_credit         text not null default 'finite' check (temporary_credit in ('finite', 'postpaid_only')),
  -- how long a request above the maximum waits for a decision
  credit_request_hours     integer not null default 72 check (credit_request_hours between 24 and 720),
  -- the maximum possible increase of users who have none, by their role, and else `installation`
  maximum_increases        jsonb not null default '{}',
  -- whether transfers between accounts of different clients are allowed
  transfers_across_clients boolean not null default false,
  -- whether clients change their own low balance threshold and warning thresholds in the client panel
  panel_changes_thresholds boolean not null default false,
  -- whether clients register a card and pay with it in the client panel, where a payment gateway serves them
  panel_card_payments      boolean not null default true,
  -- whether autoinvoicing issues an invoice for a period without charges
  issue_empty_invoices     boolean not null default false,
  version                  integer not null default 1
);
insert into installation_settings default values;

-- The maximum possible increase of the users of a role who have none themselves; null: no maximum.
create function default_maximum(role text) returns jsonb language sql stable
begin atomic
  select coalesce(nullif(s.maximum_increases -> role, 'null'::jsonb), s.maximum_increases -> 'installation')
  from installation_settings s;
end;
