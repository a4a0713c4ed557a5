-- Why a foreign balance source gave no usable balance for a client: a row for as long as it does not.
create table balance_faults (
  client_id  bigint primary key references clients,
  source     text not null check (source in ('sql', 'http')),
  -- in words for staff: no secrets, nothing of the answer
  reason     text not null check (length(reason) between 1 and 500),
  -- the first read that found the balance unknown, whatever the reason was then
  since      timestamptz not null
);
