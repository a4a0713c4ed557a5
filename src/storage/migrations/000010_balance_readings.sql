-- Which balances are in force: those of our ledger, or those that a foreign source tells. One row; the worker writes it
-- when it starts, so that a statement that shows a balance knows without being told.
create table balance_source (
  one     boolean primary key default true check (one),
  source  text not null default 'ledger' check (source in ('ledger', 'sql', 'http')),
  since   timestamptz not null default now()
);
insert into balance_source default values;

-- What a foreign source last said of a client. No row: it was not asked yet, and the balance is unknown.
create table balance_readings (
  client_id  bigint primary key references clients,
  -- null: it was asked and gave no usable balance; balance_faults says why
  live       numeric(24, 6),
  -- the instant that was asked for
  read_at    timestamptz not null
) with (fillfactor = 70);
-- A balance that moved is seen by open pages, also where the monitor has nothing new to say of it.
create trigger balance_readings_tell_new after insert on balance_readings
  for each row execute function tell_client_of_row();
create trigger balance_readings_tell after update on balance_readings for each row
  when (old.live is distinct from new.live) execute function tell_client_of_row();
