-- What a notification or a template of a reseller is about: the kinds of domain/notifications/mail-kinds.ts.
create domain notification_kind as text
  constraint notification_kind_check check (value in ('low_balance', 'low_funds_warning', 'credit_granted',
    'credit_extended', 'credit_reduced', 'credit_cancelled', 'credit_expiring', 'credit_reverted', 'invoice',
    'invoice_reminder', 'invoice_overdue', 'auto_payment_declined', 'auto_payment_frozen', 'auto_payment_succeeded',
    'company_balance'));

-- What was decided about a rule, a temporary credit, or an automatic payment. One delivery per recipient carries it.
create table notifications (
  id             bigint generated always as identity primary key,
  client_id      bigint not null references clients,
  kind           notification_kind not null,
  -- the key of business facts: no run id, no attempt
  rule           text not null,
  episode        integer not null check (episode > 0),
  number         integer not null check (number > 0),
  max            integer,
  -- of its deliveries: written by the trigger `refresh_notification` below alone. pending: one is being sent · retrying: one was deferred · then, once all have
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
create index notifications_decided on notifications (decided_at, id);

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
  -- how it had ended before a user resent it: what it returns to should the resend fail
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
-- Addresses are compared without case: a recipient gets one message of a notification.
create unique index deliveries_recipient on deliveries (notification_id, lower(recipient));
create index deliveries_retrying on deliveries (next_attempt_at) where status = 'retrying';
create index deliveries_not_accepted on deliveries (ended_at) where status in ('failed', 'uncertain');

-- Derives the status of a notification from those of its deliveries.
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

-- Keeps in the client's monitor how its newest notifications went.
create function note_delivery_outcome() returns trigger language plpgsql as $$
declare
  owner bigint;
  decided timestamptz;
begin
  select n.client_id, n.decided_at into owner, decided from notifications n where n.id = new.notification_id;
  -- Locked first: of two deliveries that end at once, the second counts the first.
  perform 1 from monitors where client_id = owner for no key update;
  update monitors m set
    last_notice_at = greatest(m.last_notice_at, new.accepted_at),
    last_decided_at = greatest(m.last_decided_at, decided),
    not_accepted = case when m.last_decided_at > decided then m.not_accepted else (
      select count(*) from notifications n join deliveries d on d.notification_id = n.id
      where n.client_id = owner and n.decided_at = decided and d.status in ('retrying', 'failed', 'uncertain')) end
  where m.client_id = owner;
  return null;
end $$;
create trigger deliveries_outcome_new after insert on deliveries
  for each row when (new.status in ('retrying', 'accepted', 'failed', 'uncertain'))
  execute function note_delivery_outcome();
create trigger deliveries_outcome after update of status on deliveries
  for each row when (new.status in ('retrying', 'accepted', 'failed', 'uncertain') and new.status <> old.status)
  execute function note_delivery_outcome();

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
-- How the newest SMTP dialogues ended, for the health summary.
create index delivery_attempts_recent on delivery_attempts (started_at desc);
