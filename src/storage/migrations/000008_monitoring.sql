-- Signals that monitors still have to receive; written in the transaction of the change, deleted when Temporal has
-- acknowledged them. One row per client, kind and origin is enough: a signal says that something changed, not what.
create table outbox (
  id               bigint generated always as identity primary key,
  -- null: recorded once for the clients of `audience`, who get their own rows later
  client_id        bigint,
  audience         text check (audience in ('all', 'balance_unknown')),
  kind             text not null check (kind in ('balanceChanged', 'configurationChanged')),
  -- client: a change of the client's own payments, credit, charges or fields, sent first
  -- fleet: a change that concerns many clients, sent at a limited pace
  origin           text not null check (origin in ('client', 'fleet')),
  created_at       timestamptz not null default now(),
  attempts         integer not null default 0,
  next_attempt_at  timestamptz not null default now(),
  last_error       text,
  check ((client_id is null) = (audience is not null)),
  check (audience is null or origin = 'fleet')
);
create index outbox_due on outbox (origin, next_attempt_at, id);
create unique index outbox_once on outbox (client_id, kind, origin) where attempts = 0;
create unique index outbox_audience_once on outbox (audience, kind) where audience is not null;

-- When the next signals of the fleet may leave: one row that all dispatchers share.
create table fleet_signal_gate (
  one      boolean primary key default true check (one),
  free_at  timestamptz not null default now()
);
insert into fleet_signal_gate default values;

-- Returns the reasons in the results of an evaluation, each once.
create function reasons_of(verdicts jsonb) returns text[]
language sql immutable parallel safe
return array(select distinct verdict ->> 'reason' from jsonb_array_elements(verdicts) as each (verdict) order by 1);

-- The read model of the monitors: what lists and pages show, and what a monitor that lost its run resumes from.
create table monitors (
  client_id      bigint primary key references clients,
  state          text not null default 'unknown'
                 check (state in ('ok', 'low', 'critical', 'exhausted', 'silenced', 'paused', 'unlimited', 'unknown', 'unhealthy')),
  state_since    timestamptz not null default now(),
  last_check_at  timestamptz,
  next_check_at  timestamptz,
  -- the earliest wake other than the check; null: none
  next_wake_at   timestamptz,
  available      numeric(24, 6),
  rules          jsonb not null default '{}',
  verdicts       jsonb not null default '[]',
  -- for lists of clients by the reason of any rule
  rule_reasons   text[] not null generated always as (reasons_of(verdicts)) stored,
  paused_by      text,
  silences       jsonb not null default '{}',
  -- the first notification of each rule that is low at the first evaluation counts as already sent; false once it does
  counts_first   boolean not null default false,
  published_at   timestamptz,
  -- the workflow task that read last, and how often it did so again: a task that fails after it has read is repeated
  read_task      bigint,
  read_repeats   integer not null default 0,
  -- when it last evaluated, by the database's clock
  seen_at        timestamptz not null default now(),
  -- the first signal that Temporal accepted and that no evaluation has followed yet; at or before seen_at: answered
  signaled_at    timestamptz,
  -- How the newest notifications of the client went, so that lists do not search all of them. Written by the trigger
  -- `note_delivery_outcome` of 000009_notifications.sql alone:
  -- when a mail server last accepted a delivery
  last_notice_at  timestamptz,
  -- when the newest notification with an attempted delivery was decided
  last_decided_at timestamptz,
  -- deliveries of that instant that were deferred, or ended without acceptance
  not_accepted    integer not null default 0
) with (fillfactor = 70);
create index monitors_state on monitors (state);
create index monitors_due on monitors (next_check_at);
create index monitors_wake on monitors (next_wake_at) where next_wake_at is not null;
create index monitors_rule_reasons on monitors using gin (rule_reasons);
create index monitors_silenced on monitors (client_id) where silences <> '{}';

-- Monitors that do not proceed: a row from when reconcile finds one until it evaluates, or until an hour after its run
-- was replaced.
create table stuck_monitors (
  client_id      bigint primary key references clients,
  found_at       timestamptz not null default now(),
  signaled_at    timestamptz not null default now(),
  -- its pending workflow task has failed several times; null: not found so
  failing_since  timestamptz,
  -- null: no event was raised
  reported_at    timestamptz,
  replaced_at    timestamptz
);

-- Checks whose result differs from the one before.
create table checks (
  id         bigint generated always as identity primary key,
  client_id  bigint not null references clients,
  at         timestamptz not null,
  kind       text not null check (kind in ('scheduled', 'manual', 'change')),
  state      text not null,
  available  numeric(24, 6),
  verdicts   jsonb not null,
  -- counters that this evaluation set to 0, each with its cause; null: none
  resets     jsonb
);
create index checks_client on checks (client_id, id desc);
create index checks_resets on checks (client_id, at desc) where resets is not null;
-- A check that is written twice is kept once.
create index checks_known on checks (client_id, at);
create index checks_age on checks (at);

-- The origination capacities that the engine decided for a client, in order; the last is the current one. A client whose
-- capacity was never lowered has none.
create table capacity_changes (
  client_id   bigint not null references clients,
  -- rises by one with each change of the client
  sequence    bigint not null check (sequence > 0),
  at          timestamptz not null,
  -- the lower capacity applies
  applied     boolean not null,
  -- null: no limit
  capacity    integer check (capacity >= 0),
  -- without the rule; null: no limit
  normal      integer check (normal >= 0),
  cause       text not null check (cause in ('below_threshold', 'recovered', 'configuration')),
  -- in the client's currency at the decision; null: unknown
  available   numeric(24, 6),
  threshold   numeric(18, 6),
  restore_at  numeric(18, 6),
  primary key (client_id, sequence)
);

-- Why an external balance source gave no usable balance for a client: a row for as long as it gives none.
create table balance_faults (
  client_id  bigint primary key references clients,
  source     text not null check (source in ('sql', 'http')),
  -- in words for staff: no secrets, nothing of the answer
  reason     text not null check (length(reason) between 1 and 500),
  -- the first read that found the balance unknown, whatever the reason was then
  since      timestamptz not null
);

-- Where balances come from: our ledger, or an external source. One row; the worker writes it when it starts, so that a
-- statement that shows a balance needs no setting.
create table balance_source (
  one     boolean primary key default true check (one),
  source  text not null default 'ledger' check (source in ('ledger', 'sql', 'http')),
  since   timestamptz not null default now(),
  -- the first batch that the source did not answer; null: it answers, or was not read yet
  down_since  timestamptz
);
insert into balance_source default values;
