-- Which balances are in force: those of our ledger, or those that a foreign source tells. One row; the worker writes it
-- when it starts, so that a statement that shows a balance knows without being told.
create table balance_source (
  one     boolean primary key default true check (one),
  source  text not null default 'ledger' check (source in ('ledger', 'sql', 'http')),
  since   timestamptz not null default now(),
  -- the first batch that the source did not answer; null: it answers, or was not read yet
  down_since  timestamptz
);
insert into balance_source default values;

-- What a foreign source last said of the client, and for which instant it was asked. No instant: it was not asked yet. No
-- balance: it gave none that can be used; balance_faults says why. In this row instead of in a table of its own, so that
-- lists by our ledger cost what they did.
alter table balances
  add column told_live  numeric(24, 6),
  add column told_at    timestamptz;

-- A balance that moved is seen by open pages, also where the monitor has nothing new to say of it. The ledger's own
-- updates do not name the column and ask nothing here.
create trigger balances_tell after update of told_live on balances for each row
  when (old.told_live is distinct from new.told_live) execute function tell_client_of_row();

-- Begins later: whose balances it converts look once it has.
alter table exchange_rates add column awaited boolean not null default false;
update exchange_rates set awaited = true where at > now();
create index exchange_rates_awaited on exchange_rates (at) where awaited;
