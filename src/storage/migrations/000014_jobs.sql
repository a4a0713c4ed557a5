-- Bulk work: one thing that is done to many clients, with an outcome per row. Kinds, parameters, and outcomes:
-- src/domain/jobs. A finished job is kept for 90 days (src/storage/system/retention.ts); what it changed stays in the
-- audit log.
create table jobs (
  id             bigint generated always as identity primary key,
  -- of the person or key that started it
  reseller_id    bigint not null references resellers,
  kind           text not null check (length(kind) between 1 and 60),
  parameters     jsonb not null,
  reason         text check (length(reason) between 1 and 500),
  -- the query of the list whose clients were selected; null: they were named by id
  query          text check (length(query) <= 4000),
  status         text not null default 'running' check (status in ('running', 'finished', 'canceled')),
  -- `user:<id>`, `key:<id>`
  started_by     text not null,
  -- whose rights the pending rows are carried out with: the starter of the job, or retried it last
  runs_as        text not null,
  -- rows by outcome, counted after each batch
  rows           integer not null check (rows > 0),
  done           integer not null default 0,
  unchanged      integer not null default 0,
  refused        integer not null default 0,
  conflict       integer not null default 0,
  failed         integer not null default 0,
  canceled       integer not null default 0,
  created_at     timestamptz not null default now(),
  -- last batch, or the start: a running job that is stuck is woken
  proceeded_at   timestamptz not null default now(),
  -- finished or canceled
  ended_at       timestamptz,
  canceled_by    text,
  check ((ended_at is null) = (status = 'running')),
  check (done + unchanged + refused + conflict + failed + canceled <= rows)
);
create index jobs_reseller on jobs (reseller_id, id desc);
create index jobs_running on jobs (proceeded_at) where status = 'running';
create index jobs_ended on jobs (ended_at) where ended_at is not null;

create table job_rows (
  id          bigint generated always as identity primary key,
  job_id      bigint not null references jobs on delete cascade,
  -- from 1, in the order in which the rows are carried out
  position    integer not null check (position > 0),
  -- null: the row has not created its client, or the client was removed completely
  client_id   bigint references clients,
  -- what the preview saw of the client (src/storage/jobs/seen-clients.ts): another one now is a conflict; null: not checked
  seen        text check (length(seen) between 1 and 60),
  outcome     text not null default 'pending'
                check (outcome in ('pending', 'done', 'unchanged', 'refused', 'conflict', 'failed', 'canceled')),
  -- src/domain/jobs/job-outcomes.ts; null: no problem
  problem     text,
  -- of a problem, or what the row reports of its work
  detail      text check (length(detail) <= 2000),
  -- names the request of this row: a retry counts it up, a repetition without an outcome does not
  attempt     integer not null default 1 check (attempt > 0),
  -- how often this attempt ended without an outcome
  tries       integer not null default 0,
  ended_at    timestamptz,
  unique (job_id, position),
  unique (job_id, client_id),
  check ((outcome = 'pending') = (ended_at is null)),
  check ((problem is null) = (outcome not in ('refused', 'conflict', 'failed')))
);
create index job_rows_pending on job_rows (job_id, tries, position) where outcome = 'pending';
create index job_rows_outcome on job_rows (job_id, outcome, position);
create index job_rows_client on job_rows (client_id, id);

-- Files of clients that were uploaded to be imported. Deleted with their rows 30 days after the upload
-- (src/domain/clients/import/import-limits.ts).
create table imports (
  id           bigint generated always as identity primary key,
  -- of who uploaded it
  reseller_id  bigint not null references resellers,
  -- `user:<id>`, `key:<id>`
  created_by   text not null,
  file_name    text not null check (length(file_name) between 1 and 200),
  format       text not null check (format in ('csv', 'xlsx')),
  -- headers of the file
  columns      text[] not null,
  rows         integer not null default 0,
  -- list of the field of each column, null within: the column is not imported; null: no mapping was saved
  mapping      jsonb,
  -- rows that the dry run has checked under this mapping, in their order
  checked      integer not null default 0,
  invalid      integer not null default 0,
  -- null: it was not started
  job_id       bigint references jobs on delete cascade,
  created_at   timestamptz not null default now(),
  check (checked between 0 and rows),
  check (invalid <= checked)
);
create index imports_reseller on imports (reseller_id, id desc);
create index imports_created on imports (created_at);
create index imports_job on imports (job_id) where job_id is not null;

-- Rows of uploaded files that are no clients yet: one that becomes a client is deleted in the same transaction.
create table import_rows (
  import_id  bigint not null references imports on delete cascade,
  -- from 1; the position of its row of the job
  position   integer not null check (position > 0),
  -- its number in the file, where the header is row 1
  row_number integer not null check (row_number > 1),
  cells      text[] not null,
  -- the client as the API would be sent it; null: not checked, or not valid
  fields     jsonb,
  -- src/domain/clients/import/import-cells.ts; null: not checked, or valid
  faults     jsonb,
  primary key (import_id, position)
);
create index import_rows_external_id on import_rows (import_id, (fields ->> 'externalId'))
  where fields ->> 'externalId' is not null;
create index import_rows_invalid on import_rows (import_id, position) where faults is not null;

alter table rate_imports add foreign key (job_id) references jobs on delete cascade;
create index rate_imports_job on rate_imports (job_id) where job_id is not null;
