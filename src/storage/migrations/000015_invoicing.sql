-- Invoices, their numbers, and what settles them.

-- How the invoices of a reseller's clients are numbered; a row once the first is issued or the format is set.
create table invoice_sequences (
  id           bigint generated always as identity primary key,
  reseller_id  bigint not null references resellers,
  type         text not null check (type in ('outgoing', 'credit_note')),
  prefix       text not null check (prefix ~ '^[A-Za-z0-9/-]{0,20}$'),
  -- of {prefix}, {yyyy}, {yy}, {mm}, {seq:6}
  format       text not null check (length(format) between 5 and 80),
  -- yearly: from 1 again with every year, which the number then names
  restart      text not null check (restart in ('never', 'yearly')),
  version      integer not null default 1,
  unique (reseller_id, type)
);

-- The last number taken. Its row is locked until the invoice is committed, so that no number is missing or taken twice.
create table invoice_counters (
  sequence_id  bigint not null references invoice_sequences,
  -- 0 where numbers never begin again
  year         integer not null,
  last         bigint not null check (last > 0),
  primary key (sequence_id, year)
);

-- Takes the next numbers of a reseller's invoices, and returns the first. As the owner, because a manager issues invoices of a reseller whose
-- sequence it does not see.
create function take_invoice_numbers(reseller bigint, kind text, in_year integer, count integer,
  default_prefix text, default_format text, default_restart text,
  out sequence bigint, out prefix text, out format text, out seq bigint)
language plpgsql security definer set search_path from current as $$
declare
  restart text;
begin
  insert into invoice_sequences (reseller_id, type, prefix, format, restart)
  values (reseller, kind, default_prefix, default_format, default_restart)
  on conflict (reseller_id, type) do nothing;
  select s.id, s.prefix, s.format, s.restart into sequence, prefix, format, restart
  from invoice_sequences s where s.reseller_id = reseller and s.type = kind;
  insert into invoice_counters as c (sequence_id, year, last)
  values (sequence, case restart when 'yearly' then in_year else 0 end, count)
  on conflict (sequence_id, year) do update set last = c.last + excluded.last
  returning c.last - count + 1 into seq;
end $$;

create table invoices (
  id              bigint generated always as identity primary key,
  client_id       bigint not null references clients,
  type            text not null check (type in ('outgoing', 'credit_note')),
  status          text not null default 'draft' check (status in ('draft', 'issued', 'void')),
  -- a draft that a person must check before it is issued
  review          boolean not null default false,
  sequence_id     bigint references invoice_sequences,
  no              text check (no ~ '^[A-Za-z0-9/-]{1,40}$'),
  no_seq          bigint,
  currency        text not null check (currency ~ '^[A-Z]{3}$'),
  timezone        text not null,
  -- half open
  period_start    timestamptz not null,
  period_end      timestamptz not null,
  description     text check (length(description) <= 500),
  -- in the currency's minor units
  net             numeric(18, 6) not null default 0,
  tax             numeric(18, 6) not null default 0,
  total           numeric(18, 6) not null default 0,
  -- the tax at issue; null: none
  tax_rate        numeric(7, 4),
  tax_mode        text check (tax_mode in ('exclusive', 'inclusive')),
  tax_label       text,
  tax_note        text,
  issued_at       timestamptz,
  due_on          date,
  -- when the day after the due date begins in the invoice's own zone
  overdue_from    timestamptz,
  -- the event that it is overdue was raised
  overdue_raised  boolean not null default false,
  -- what payments and what credit notes have settled: written by the trigger of allocations alone
  paid            numeric(18, 6) not null default 0 check (paid >= 0),
  credited        numeric(18, 6) not null default 0 check (credited >= 0),
  outstanding     numeric(18, 6) not null generated always as (
    case when status = 'issued' and type = 'outgoing' and total > 0 then total - paid - credited else 0 end
  ) stored check (outstanding >= 0),
  -- What it holds: entries up to `upto_seq` that occurred before `period_end`, less those up to `from_seq` that occurred
  -- before `from_end`, which is what was invoiced before. Of a draft that replaces an older invoice: that invoice's.
  from_end        timestamptz,
  from_seq        bigint,
  upto_seq        bigint,
  -- the void invoice whose lines it has
  replaces        bigint unique references invoices,
  -- of a credit note: the invoice that it lowers
  credit_of       bigint references invoices,
  void_reason     text check (length(void_reason) <= 500),
  voided_at       timestamptz,
  -- where the lines of a void invoice went
  void_lines      text check (void_lines in ('draft', 'next', 'never')),
  origin          text not null check (origin in ('manual', 'auto')),
  -- the request that created it, so that a repeated one creates no other
  request_id      text check (length(request_id) <= 200),
  created_by      text not null,
  version         integer not null default 1,
  created_at      timestamptz not null default now(),
  check (period_start < period_end),
  check ((status = 'draft') = (no is null)),
  check ((no is null) = (sequence_id is null) and (no is null) = (no_seq is null) and (no is null) = (issued_at is null)),
  check (type = 'outgoing' or (credit_of is not null and total > 0 and status = 'issued')),
  check (status <> 'void' or (void_reason is not null and voided_at is not null and void_lines is not null)),
  check ((tax_rate is null) = (tax_mode is null)),
  check (paid + credited <= greatest(total, 0))
);
create unique index invoices_number on invoices (sequence_id, no);
create unique index invoices_request on invoices (client_id, request_id) where request_id is not null;
-- A run that is repeated issues nothing twice.
create unique index invoices_run on invoices (client_id, period_end, type) where origin = 'auto' and status <> 'void';
create index invoices_client on invoices (client_id, issued_at);
create index invoices_open on invoices (client_id, issued_at, no_seq) where outstanding > 0;
create index invoices_overdue on invoices (overdue_from) where outstanding > 0;
create index invoices_overdue_unraised on invoices (overdue_from) where outstanding > 0 and not overdue_raised;
create index invoices_due on invoices (due_on) where outstanding > 0;
create index invoices_list on invoices (coalesce(issued_at, created_at), id);
-- The orders of the list by due date and number.
create index invoices_list_due on invoices (coalesce(overdue_from, 'infinity'), id);
create index invoices_list_no on invoices (lower(coalesce(no, '')), id);
create index invoices_no on invoices (lower(no) text_pattern_ops);
create index invoices_credit_of on invoices (credit_of) where credit_of is not null;

create table invoice_lines (
  invoice_id   bigint not null references invoices on delete cascade,
  position     integer not null check (position > 0),
  -- charges: of the period; earlier: of periods before, recorded late; typed: by hand
  kind         text not null check (kind in ('charges', 'earlier', 'adjustments', 'typed')),
  description  text check (length(description) <= 500),
  -- entries of the ledger
  entries      bigint check (entries > 0),
  -- exact; above zero is owed
  amount       numeric(24, 6) not null,
  primary key (invoice_id, position)
);

-- What settles invoices: a payment, a credit note, or an invoice whose total is below zero.
create table credits (
  id          bigint generated always as identity primary key,
  client_id   bigint not null references clients,
  entry_id    bigint unique references ledger_entries,
  invoice_id  bigint unique references invoices,
  -- less what was reversed
  amount      numeric(18, 6) not null check (amount >= 0),
  -- allocated and refunded: written by the trigger of allocations alone
  used        numeric(18, 6) not null default 0 check (used >= 0),
  check ((entry_id is null) <> (invoice_id is null))
);
create index credits_open on credits (client_id, id) where used < amount;
-- Refunded, and then reversed all the same: what is missing is taken from the next credit.
create index credits_overdrawn on credits (client_id, id) where used > amount;

-- What a credit has settled, or which refund has paid out of it. A release removes the row.
create table allocations (
  id          bigint generated always as identity primary key,
  client_id   bigint not null references clients,
  credit_id   bigint not null references credits,
  invoice_id  bigint references invoices,
  refund_id   bigint references ledger_entries,
  amount      numeric(18, 6) not null check (amount > 0),
  at          timestamptz not null,
  check ((invoice_id is null) <> (refund_id is null))
);
create index allocations_credit on allocations (credit_id);
create index allocations_invoice on allocations (invoice_id) where invoice_id is not null;
create index allocations_refund on allocations (refund_id) where refund_id is not null;
create index allocations_client on allocations (client_id);

-- Which payments were reversed, in whole or in part.
create table reversals (
  entry_id    bigint primary key references ledger_entries,
  client_id   bigint not null references clients,
  payment_id  bigint not null references ledger_entries,
  reason      text not null check (reason in ('chargeback', 'bounced', 'staff'))
);
create index reversals_payment on reversals (payment_id);

create function add_payment_credit() returns trigger language plpgsql as $$
begin
  insert into credits (client_id, entry_id, amount) values (new.client_id, new.id, new.amount);
  return null;
end $$;
create trigger ledger_payment_credit after insert on ledger_entries
  for each row when (new.kind = 'payment') execute function add_payment_credit();

create function apply_allocation() returns trigger language plpgsql as $$
declare
  row allocations := coalesce(new, old);
  change numeric := case tg_op when 'INSERT' then row.amount else -row.amount end;
begin
  update credits set used = used + change where id = row.credit_id;
  if row.invoice_id is not null then
    if tg_op = 'INSERT' and exists (select 1 from credits c where c.id = row.credit_id and c.used > c.amount) then
      raise exception 'an invoice is settled with what nothing has used' using errcode = 'check_violation';
    end if;
    update invoices i set
      paid = paid + case when c.entry_id is not null then change else 0 end,
      credited = credited + case when c.entry_id is null then change else 0 end
    from credits c where c.id = row.credit_id and i.id = row.invoice_id;
  end if;
  return null;
end $$;
create trigger allocations_apply after insert or delete on allocations
  for each row execute function apply_allocation();
create function allocations_stay() returns trigger language plpgsql as $$
begin
  raise exception 'an allocation is released and made again, not changed';
end $$;
create trigger allocations_stay before update on allocations for each row execute function allocations_stay();

create function add_to_unallocated() returns trigger language plpgsql as $$
begin
  update balances set unallocated = unallocated
      + case when tg_op = 'DELETE' then 0 else new.amount - new.used end
      - case when tg_op = 'INSERT' then 0 else old.amount - old.used end
    where client_id = coalesce(new.client_id, old.client_id);
  return null;
end $$;
create trigger credits_unallocated after insert or update or delete on credits
  for each row execute function add_to_unallocated();

create function add_to_outstanding() returns trigger language plpgsql as $$
begin
  update balances set outstanding = outstanding + new.outstanding - old.outstanding where client_id = new.client_id;
  return null;
end $$;
create trigger invoices_outstanding after update on invoices
  for each row when (old.outstanding is distinct from new.outstanding) execute function add_to_outstanding();

-- An issued invoice is changed by being voided alone; a draft, and no other, is deleted.
create function invoices_are_kept() returns trigger language plpgsql as $$
begin
  -- Its client is removed completely: the number stays (000018_client_removal.sql).
  if tg_op = 'DELETE' and current_setting('lowwater.removed_client', true) = old.client_id::text then
    return old;
  end if;
  if tg_op = 'DELETE' then
    if old.status <> 'draft' then raise exception 'only a draft can be deleted'; end if;
    return old;
  end if;
  if old.status <> 'draft' and (
    old.status = 'void' and new.status <> 'void' or new.status = 'draft'
    or (old.no, old.total, old.net, old.tax, old.client_id, old.issued_at, old.period_start, old.period_end)
      is distinct from (new.no, new.total, new.net, new.tax, new.client_id, new.issued_at, new.period_start, new.period_end)
  ) then raise exception 'an issued invoice is not changed: void it, or issue a credit note'; end if;
  return new;
end $$;
create trigger invoices_kept before update or delete on invoices for each row execute function invoices_are_kept();

create function invoice_lines_are_kept() returns trigger language plpgsql as $$
begin
  if exists (select 1 from invoices i where i.id = coalesce(new.invoice_id, old.invoice_id) and i.status <> 'draft'
      and (tg_op <> 'DELETE' or i.client_id::text is distinct from current_setting('lowwater.removed_client', true))) then
    raise exception 'the lines of an issued invoice are not changed';
  end if;
  return coalesce(new, old);
end $$;
create trigger invoice_lines_kept before insert or update or delete on invoice_lines
  for each row execute function invoice_lines_are_kept();

-- What the document of an issued invoice shows besides the invoice: as it was at issue, so that the PDF stays the same.
create table invoice_documents (
  invoice_id       bigint primary key references invoices,
  language         text not null check (language in ('en', 'uk')),
  columns          text[] not null,
  seller_name      text not null,
  seller_email     text,
  seller_details   text,
  buyer_name       text not null,
  buyer_address    text,
  buyer_zip        text,
  buyer_tax_id     text,
  buyer_registration_id text,
  notes            text,
  subject          text,
  logo_id          bigint references invoice_logos
);
create index invoice_documents_logo on invoice_documents (logo_id) where logo_id is not null;

-- Emails about invoices: written with the issue, or when a reminder is due, and sent afterward by a worker.
create table invoice_emails (
  id               bigint generated always as identity primary key,
  invoice_id       bigint not null references invoices,
  kind             notification_kind not null check (kind in ('invoice', 'invoice_reminder', 'invoice_overdue')),
  -- of a reminder: days before or after the due date; 0: the invoice itself
  days             integer not null check ((days = 0) = (kind = 'invoice') and days between 0 and 365),
  -- waiting: to send · ended: its deliveries have ended · skipped: it is not sent
  status           text not null default 'waiting' check (status in ('waiting', 'ended', 'skipped')),
  skip_reason      text check (skip_reason in ('no_recipients', 'void', 'settled')),
  -- once its deliveries are written
  notification_id  bigint references notifications,
  -- a worker that claims it moves this ahead, so that no other worker takes it
  next_attempt_at  timestamptz not null,
  attempts         integer not null default 0,
  created_at       timestamptz not null,
  check ((status = 'skipped') = (skip_reason is not null)),
  unique (invoice_id, kind, days)
);
create index invoice_emails_waiting on invoice_emails (next_attempt_at) where status = 'waiting';
create index invoice_emails_notification on invoice_emails (notification_id) where notification_id is not null;

-- Autoinvoicing.

-- When the first period after `last` ends in the client's zone, and has waited for late charges: `nextPeriod`
-- (src/domain/invoicing/periods.ts) says the same of the end. A day begins a second after the last one of the day before
-- it, whether or not it has a midnight. Null: the client is not invoiced without being asked for.
create function next_invoice_time(client bigint, last timestamptz) returns timestamptz language sql stable
begin atomic
  select ((d.last_day::timestamp - interval '1 second') at time zone c.timezone) + interval '1 second'
    + c.autoinvoicing_delay_hours * interval '1 hour'
  -- The client first, by its id: while the statistics know no client with terms, the planner would read all that have some.
  from (select * from clients where id = client offset 0) c
  join payment_terms t on t.id = c.payment_terms_id
  cross join lateral (select (coalesce(last, c.created_at) at time zone c.timezone)::date as day) f
  cross join lateral (select case
    when t.mode = 'every' then f.day + t.days
    when extract(day from f.day) < t.day then date_trunc('month', f.day::timestamp)::date + t.day - 1
    else (date_trunc('month', f.day::timestamp) + interval '1 month')::date + t.day - 1 end as last_day) d
  where c.autoinvoicing and c.status <> 'deleted';
end;

create function set_next_invoice() returns trigger language plpgsql as $$
begin
  new.next_invoice_at := next_invoice_time(new.client_id, new.periods_from);
  return new;
end $$;
create trigger balances_first_invoice before insert on balances for each row execute function set_next_invoice();
create trigger balances_next_invoice before update of periods_from on balances
  for each row when (old.periods_from is distinct from new.periods_from) execute function set_next_invoice();

-- Its payment terms are locked, so that a change of the terms at the same time counts, whichever comes first. As the
-- owner, because terms may be of a reseller above the one that changes the client.
create function lock_payment_terms(terms bigint) returns void
language sql security definer set search_path from current
begin atomic
  select 1 from payment_terms t where t.id = terms for share;
end;

create function client_next_invoice() returns trigger language plpgsql as $$
begin
  perform lock_payment_terms(new.payment_terms_id);
  update balances b set next_invoice_at = next_invoice_time(b.client_id, b.periods_from)
  where b.client_id = new.id and b.next_invoice_at is distinct from next_invoice_time(b.client_id, b.periods_from);
  return null;
end $$;
create trigger clients_next_invoice after update on clients for each row
  when ((old.payment_terms_id, old.timezone, old.autoinvoicing, old.autoinvoicing_delay_hours, old.status = 'deleted', old.created_at)
    is distinct from (new.payment_terms_id, new.timezone, new.autoinvoicing, new.autoinvoicing_delay_hours, new.status = 'deleted', new.created_at))
  execute function client_next_invoice();

-- In the order in which the ledger locks balance rows.
create function terms_next_invoice() returns trigger language plpgsql as $$
begin
  perform 1 from balances b join clients c on c.id = b.client_id
  where c.payment_terms_id = new.id and c.autoinvoicing and c.status <> 'deleted'
  order by b.client_id for no key update of b;
  update balances b set next_invoice_at = next_invoice_time(b.client_id, b.periods_from)
  from clients c where c.id = b.client_id and c.payment_terms_id = new.id and c.autoinvoicing and c.status <> 'deleted';
  return null;
end $$;
create trigger terms_next_invoice after update on payment_terms for each row
  when ((old.mode, old.days, old.day) is distinct from (new.mode, new.days, new.day))
  execute function terms_next_invoice();
