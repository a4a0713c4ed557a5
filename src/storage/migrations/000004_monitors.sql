-- Signals that monitors still have to get; written in the transaction of the change, deleted when Temporal has
-- acknowledged them. One row per client, kind and origin is enough: a signal says that something changed, not what.
create table outbox (
  id               bigint generated always as identity primary key,
  -- null: recorded once for the clients of `audience`, who get rows of their own later
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

-- The read model of the monitors: what lists and pages show, and what a monitor that lost its run takes up again.
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
  paused_by      text,
  silences       jsonb not null default '{}',
  published_at   timestamptz,
  -- the workflow task that read last, and how often it did so again: a task that fails after it has read is repeated
  read_task      bigint,
  read_repeats   integer not null default 0,
  -- when it last evaluated, by the database's clock
  seen_at        timestamptz not null default now(),
  -- the first signal that Temporal accepted and that no evaluation has followed yet; at or before seen_at: answered
  signaled_at    timestamptz
) with (fillfactor = 70);
create index monitors_state on monitors (state);
create index monitors_due on monitors (next_check_at);
create index monitors_wake on monitors (next_wake_at) where next_wake_at is not null;

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

-- Checks that said something else than the one before.
create table checks (
  id         bigint generated always as identity primary key,
  client_id  bigint not null references clients,
  at         timestamptz not null,
  kind       text not null check (kind in ('scheduled', 'manual', 'change')),
  state      text not null,
  available  numeric(24, 6),
  verdicts   jsonb not null
);
create index checks_client on checks (client_id, id desc);
-- A check that is written twice is kept once.
create index checks_known on checks (client_id, at);
create index checks_age on checks (at);

-- What was decided to be said about a rule or a temporary credit. One delivery per recipient carries it.
create table notifications (
  id             bigint generated always as identity primary key,
  client_id      bigint not null references clients,
  kind           text not null check (kind in ('low_balance', 'low_funds_warning', 'credit_granted',
                   'credit_extended', 'credit_reduced', 'credit_cancelled', 'credit_expiring', 'credit_reverted')),
  -- the key of business facts: no run id, no attempt
  rule           text not null,
  episode        integer not null check (episode > 0),
  number         integer not null check (number > 0),
  max            integer,
  -- of its deliveries, kept by a trigger. pending: one is being sent · retrying: one was deferred · then, once all have
  -- ended: accepted by one server at least, else uncertain, else failed
  status         text not null default 'pending' check (status in ('pending', 'retrying', 'accepted', 'failed', 'uncertain')),
  decided_at     timestamptz not null,
  available      numeric(24, 6),
  currency       text,
  -- what the template was given
  variables      jsonb not null default '{}',
  created_at     timestamptz not null default now(),
  ended_at       timestamptz,
  check (max is null or number <= max),
  check ((ended_at is not null) = (status in ('accepted', 'failed', 'uncertain'))),
  unique (client_id, rule, episode, number)
);
create index notifications_list on notifications (id desc);
create index notifications_client on notifications (client_id, id desc);
create index notifications_client_decided on notifications (client_id, decided_at);
create index notifications_status on notifications (status, id desc) where status <> 'accepted';
create index notifications_ended on notifications (ended_at);

-- One message to one recipient, claimed before the SMTP server is asked to take it.
create table deliveries (
  id              bigint generated always as identity primary key,
  notification_id bigint not null references notifications on delete cascade,
  -- place of the recipient within its notification, from 0
  position        integer not null check (position >= 0),
  recipient       text not null check (length(recipient) between 1 and 254),
  locale          text not null,
  timezone        text not null,
  -- claimed: ready · sending: the SMTP dialogue runs · transmitted: all data is out but its end, and from here on the
  -- message may have arrived · retrying: deferred · accepted, failed, uncertain: ended
  status          text not null default 'claimed'
                  check (status in ('claimed', 'sending', 'transmitted', 'retrying', 'accepted', 'failed', 'uncertain')),
  template        text not null,
  subject         text not null,
  html            text not null,
  text            text not null,
  message_id      text not null unique,
  -- how it had ended before a person had it resent: what it goes back to should the resend fail
  before_resend   text check (before_resend in ('accepted', 'failed', 'uncertain')),
  -- also fences: only the latest attempt may complete the message
  attempts        integer not null default 0,
  next_attempt_at timestamptz,
  -- when a server last accepted it
  accepted_at     timestamptz,
  ended_at        timestamptz,
  check ((ended_at is not null) = (status in ('accepted', 'failed', 'uncertain'))),
  check (status <> 'accepted' or accepted_at is not null)
);
-- Addresses are compared without case: one person gets one message of a notification.
create unique index deliveries_recipient on deliveries (notification_id, lower(recipient));
create index deliveries_retrying on deliveries (next_attempt_at) where status = 'retrying';
create index deliveries_not_accepted on deliveries (ended_at) where status in ('failed', 'uncertain');

-- A notification stands as its deliveries stand together.
create function refresh_notification() returns trigger language plpgsql as $$
begin
  -- Locked first: of two deliveries that end at once, the second sees the first.
  perform 1 from notifications where id = new.notification_id for no key update;
  update notifications n set status = d.status, ended_at = case when d.status in ('accepted', 'failed', 'uncertain') then d.at end
  from (
    select case
        when bool_or(status in ('claimed', 'sending', 'transmitted')) then 'pending'
        when bool_or(status = 'retrying') then 'retrying'
        when bool_or(status = 'accepted') then 'accepted'
        when bool_or(status = 'uncertain') then 'uncertain'
        else 'failed'
      end as status, max(ended_at) as at
    from deliveries where notification_id = new.notification_id
  ) d
  where n.id = new.notification_id and (n.status <> d.status or n.ended_at < d.at);
  return null;
end $$;
create trigger deliveries_refresh_new after insert on deliveries for each row execute function refresh_notification();
create trigger deliveries_refresh after update of status on deliveries
  for each row when (new.status <> old.status) execute function refresh_notification();

-- One SMTP dialogue.
create table delivery_attempts (
  delivery_id  bigint not null references deliveries on delete cascade,
  attempt      integer not null,
  started_at   timestamptz not null,
  ended_at     timestamptz,
  -- refused: for now
  outcome      text check (outcome in ('accepted', 'refused', 'refused_for_good', 'uncertain', 'interrupted')),
  code         integer,
  reply        text,
  requested_by text,
  primary key (delivery_id, attempt)
);

-- The events log: what staff has to know. Entries are never overwritten: a repeat of an open one raises its count, a
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
  check ((resolved_at is null) = (resolved_by is null))
);
create unique index events_open on events (kind, coalesce(reseller_id, 0), cause) where resolved_at is null;
create index events_client on events (client_id, id desc);
create index events_to_email on events (email_group) where resolved_at is null and emailed_at is null;
create index events_emailed on events (email_group, emailed_at) where emailed_at is not null;
