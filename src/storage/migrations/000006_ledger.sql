-- The ledger: rows are added and never altered; `amount` is signed as it acts on the balance. Which kinds move the live
-- and the fixed balance is said by `kindsOf` (src/domain/ledger/entry-kinds.ts).
create table ledger_entries (
  id           bigint generated always as identity primary key,
  client_id    bigint not null references clients,
  -- of a payment: whose the client was when it was recorded; set by the trigger below
  reseller_id  bigint references resellers,
  kind         text not null check (kind in ('payment', 'charge', 'adjustment', 'transfer_out', 'transfer_in', 'invoice',
    'tax', 'credit_note', 'refund', 'reversal')),
  -- place among the client's entries, given under the lock of its balance row: invoices select their entries by it
  seq          bigint not null,
  -- given by the caller: the same id is the same entry
  external_id  text not null check (length(external_id) between 1 and 200),
  amount       numeric(18, 6) not null check (amount <> 0),
  currency     text not null check (currency ~ '^[A-Z]{3}$'),
  -- in whole seconds
  occurred_at  timestamptz not null,
  -- the caller gave no time: that of another source may give any
  undated      boolean not null,
  recorded_at  timestamptz not null default now(),
  live_after   numeric(24, 6) not null,
  source       text not null,
  note         text check (length(note) <= 500),
  -- of a payment: the invoice that its request named; of a refund: the payment. A repeat names the same. No reference,
  -- because invoices may be removed with their client in any order.
  names_id     bigint check (names_id is null or kind in ('payment', 'refund')),
  check (kind not in ('payment', 'credit_note') or amount > 0),
  check ((kind = 'payment') = (reseller_id is not null)),
  check (kind not in ('charge', 'refund', 'reversal') or amount < 0)
);
-- A payment's id is one within the client's reseller, because it comes from a payment system of that reseller, which
-- another one can neither probe nor block; the others are one within their client.
create unique index ledger_payment_id on ledger_entries (external_id, reseller_id) where kind = 'payment';
create unique index ledger_entry_id on ledger_entries (client_id, kind, external_id) where kind <> 'payment';
create unique index ledger_seq on ledger_entries (client_id, seq);
create index ledger_history on ledger_entries (client_id, occurred_at, id);
create index ledger_kind on ledger_entries (client_id, kind, id desc);
-- Payments of all clients: by time, for reports without their rows, and by the beginning of their ids.
create index ledger_payments on ledger_entries (occurred_at, id) include (client_id, amount) where kind = 'payment';
-- What is neither a payment nor a charge is rare: reports find it by time.
create index ledger_rare on ledger_entries (occurred_at, id) where kind in ('credit_note', 'refund', 'reversal');
create index ledger_payment_search on ledger_entries (lower(external_id) text_pattern_ops) where kind = 'payment';

create function name_payment_reseller() returns trigger language plpgsql as $$
begin
  select c.reseller_id into new.reseller_id from clients c where c.id = new.client_id;
  return new;
end $$;
create trigger ledger_payment_reseller before insert on ledger_entries
  for each row when (new.kind = 'payment') execute function name_payment_reseller();

create function ledger_is_append_only() returns trigger language plpgsql as $$
begin
  -- Its client is removed completely: `remove_client` of 000018_client_removal.sql alone has the privilege to delete.
  if tg_op = 'DELETE' and current_setting('lowwater.removed_client', true) = old.client_id::text then
    return old;
  end if;
  raise exception 'the ledger is append-only: correct an entry with another entry';
end $$;
create trigger ledger_append_only before update or delete on ledger_entries
  for each row execute function ledger_is_append_only();

-- The running balance, kept in the transaction of each entry and proved against the sum.
create table balances (
  client_id       bigint primary key references clients,
  live            numeric(24, 6) not null default 0,
  fixed           numeric(24, 6) not null default 0,
  -- the seq of the client's last entry
  seq             bigint not null default 0,
  -- fixed = unallocated - outstanding: the amount that no invoice has used, and the amount due. Written by the triggers of
  -- credits and invoices alone.
  unallocated     numeric(24, 6) not null default 0,
  outstanding     numeric(24, 6) not null default 0,
  -- What is invoiced: the entries up to this seq that occurred before this instant. No instant: nothing is.
  invoiced_until  timestamptz,
  invoiced_seq    bigint not null default 0,
  -- Where the next period is counted from: the end of the last one, also where its invoice is void and its lines are on the
  -- next. Null: the creation of the client.
  periods_from    timestamptz,
  -- When the next period is invoiced without being asked for; null: it is not. Written by the triggers of
  -- 000015_invoicing.sql alone.
  next_invoice_at timestamptz,
  -- grows by one with every payment: how a monitor finds a refill whose signal was lost
  refill_seq      bigint not null default 0,
  last_charge_at  timestamptz,
  last_refill_at  timestamptz,
  -- what the monitor requested: wake it when live reaches one of these
  wake_below      numeric(24, 6),
  wake_above      numeric(24, 6),
  -- What an external balance source last returned for the client, and for which instant. No instant: not read yet. No
  -- balance: the source gave none that can be used; balance_faults says why. In this row instead of in a table of its
  -- own, so that lists by our ledger join no further table.
  source_live     numeric(24, 6),
  source_read_at  timestamptz,
  -- the last balance that it gave, and for which instant: what is shown, with its time, while the balance is unknown
  source_known_live  numeric(24, 6),
  source_known_at    timestamptz,
  check (wake_below is null or wake_above is null or wake_below <= wake_above)
) with (fillfactor = 70);
create index balances_next_invoice on balances (next_invoice_at, client_id) where next_invoice_at is not null;

-- What was charged to a client on a day of its time zone: the runway and reports are computed from 30 rows instead of from
-- every call. Written by the triggers below alone.
create table charge_days (
  client_id  bigint not null references clients,
  day        date not null,
  amount     numeric(24, 6) not null check (amount > 0),
  primary key (client_id, day)
) with (fillfactor = 80);
create index charge_days_day on charge_days (day, client_id) include (amount);

create function add_to_charge_day() returns trigger language plpgsql as $$
begin
  insert into charge_days (client_id, day, amount)
  select c.id, (new.occurred_at at time zone c.timezone)::date, -new.amount from clients c where c.id = new.client_id
  on conflict (client_id, day) do update set amount = charge_days.amount + excluded.amount;
  return null;
end $$;
create trigger ledger_charge_day after insert on ledger_entries
  for each row when (new.kind = 'charge') execute function add_to_charge_day();

-- The days of another time zone. As the owner, who alone deletes sums.
create function move_charge_days() returns trigger language plpgsql security definer set search_path from current as $$
begin
  delete from charge_days where client_id = new.id;
  insert into charge_days (client_id, day, amount)
  select new.id, (e.occurred_at at time zone new.timezone)::date, -sum(e.amount)
  from ledger_entries e where e.client_id = new.id and e.kind = 'charge' group by 2
  on conflict (client_id, day) do update set amount = charge_days.amount + excluded.amount;
  return null;
end $$;
create trigger clients_charge_days after update of timezone on clients
  for each row when (old.timezone <> new.timezone) execute function move_charge_days();
