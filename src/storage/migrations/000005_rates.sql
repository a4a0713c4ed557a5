-- "1 from = rate to", effective from `at` until the next row.
create table exchange_rates (
  from_currency text not null check (from_currency ~ '^[A-Z]{3}$'),
  to_currency   text not null check (to_currency ~ '^[A-Z]{3}$'),
  at            timestamptz not null,
  rate          numeric(24, 12) not null check (rate > 0),
  created_by    text not null,
  created_at    timestamptz not null default now(),
  -- becomes effective later: then the clients whose balances it converts are evaluated
  awaited       boolean not null default false,
  primary key (from_currency, to_currency, at),
  check (from_currency <> to_currency)
);
create index exchange_rates_awaited on exchange_rates (at) where awaited;
