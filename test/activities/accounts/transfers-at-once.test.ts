import fc from 'fast-check';
import { DomainError } from '../../../src/domain/errors.js';
import { formatMoney, moneyOf } from '../../../src/domain/money.js';
import { undoTransfer, type DoneTransfer } from '../../../src/services/accounts/record-transfer.js';
import { recordEntry } from '../../../src/services/ledger/record-entries.js';
import { requesterAt } from '../../support/data/requester.js';
import { seeds } from '../../support/data/seeds.js';
import { proveAccounts } from '../../support/database/prove-accounts.js';
import { proveBalances } from '../../support/database/prove-balances.js';
import { newAccount, transferOf } from '../../support/ledger/accounts-database.js';
import { database, entry, newClient, reseller, useLedgerDatabase } from '../../support/ledger/ledger-database.js';

/** Transfers at once create and destroy no money, and leave no account below what it may have, whatever repeats them. */

useLedgerDatabase();

/** One instant: a day of the daily limit does not end while the test runs. */
const now = Date.now();

const account = fc.nat(8);
const request = fc.integer({ min: 1, max: 70 });
const act = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      ...{ do: fc.constant('transfer' as const), request, from: account, to: account },
      // Few amounts, so that an id comes again with the same body as well as with another.
      amount: fc.constantFrom('0.01', '3.00', '7.50', '19.99'),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('undo' as const), request, of: fc.nat(20) }) },
);
type Act = typeof act extends fc.Arbitrary<infer T> ? T : never;

/** Accounts of two clients in dollars, one in euro, and one of another reseller. */
async function newAccounts(): Promise<string[]> {
  const [first, second] = [await newClient(), await newClient()];
  const foreign = await newClient({ reseller });
  const euro = await newClient({ currency: 'EUR' });
  const accounts = [
    ...[await newAccount(first, { balance: '30' }), await newAccount(first, { kind: 'credit', creditLimit: '20' })],
    ...[await newAccount(first, { balance: '40', dailyTransferLimit: '12' }), await newAccount(second)],
    ...[await newAccount(second, { kind: 'credit', creditLimit: '5', balance: '-2' }), await newAccount(second)],
    ...[await newAccount(foreign, { balance: '10' }), await newAccount(euro), await newAccount(euro)],
  ];
  const paid = entry(euro, 'payment', '15', { currency: 'EUR', accountId: accounts[7] ?? null });
  await recordEntry(requesterAt(database.sql), paid);
  return accounts;
}

const totals = (): Promise<object[]> => database.sql`
  select c.currency, sum(b.live)::text as live, (
    select sum(a.balance)::text from accounts a join clients o on o.id = a.client_id where o.currency = c.currency) as accounts
  from clients c join balances b on b.client_id = c.id group by 1 order by 1`;

async function carryOut(one: Act, seed: number, accounts: readonly string[]): Promise<DoneTransfer | null> {
  const requestId = `${seed}-${one.do}-${one.request}`;
  if (one.do === 'transfer') {
    const { from, to, amount } = one;
    const currency = from >= 7 ? 'EUR' : 'USD';
    return transferOf(accounts[from] ?? '', accounts[to] ?? '', amount, { requestId, currency, now });
  }
  const [made] = await database.sql<{ id: string }[]>`
    select id from transfers where request_id like ${`${seed}-%`} order by id desc offset ${one.of} limit 1`;
  return made ? undoTransfer(requesterAt(database.sql, now), made.id, { note: null, requestId }) : null;
}

describe('transfers at once', () => {
  beforeAll(() => database.sql`update installation_settings set transfers_across_clients = true`);

  test.each(seeds(3))('create and destroy no money, with the acts of seed %i', async (seed) => {
    const { sql } = database;
    const accounts = await newAccounts();
    const before = await totals();
    const acts = fc.sample(act, { seed, numRuns: 200 });
    const done = new Map<string, DoneTransfer[]>();
    const refused = new Set<string>();
    const worker = async (own: number): Promise<void> => {
      for (const [index, one] of acts.entries()) {
        if (index % 6 !== own) continue;
        // Twice at once, as by a caller who did not wait for the answer.
        const outcomes = await Promise.allSettled([0, 1].map(() => carryOut(one, seed, accounts)));
        for (const outcome of outcomes) {
          if (outcome.status === 'rejected') {
            if (!(outcome.reason instanceof DomainError)) throw outcome.reason;
            refused.add(outcome.reason.code);
          } else if (outcome.value) {
            const key = `${seed}-${one.do}-${one.request}`;
            done.set(key, [...(done.get(key) ?? []), outcome.value]);
          }
        }
      }
    };
    await Promise.all([0, 1, 2, 3, 4, 5].map(worker));

    expect(await totals()).toEqual(before);
    expect([await proveBalances(sql), await proveAccounts(sql)]).toEqual([[], []]);
    // An id is one transfer, which one of its requests made and the others got back.
    const rows = await sql<{ requestId: string; ids: string[] }[]>`
      select request_id as "requestId", array_agg(id::text) as ids from transfers
      where request_id like ${`${seed}-%`} group by 1`;
    expect(rows.map(({ requestId }) => requestId).sort()).toEqual([...done.keys()].sort());
    for (const { requestId, ids } of rows) {
      const answers = done.get(requestId) ?? [];
      expect([...new Set(answers.map(({ transfer }) => transfer.id))]).toEqual(ids);
      expect(answers.filter(({ replayed }) => !replayed)).toHaveLength(1);
    }
    expect(await unevenTransfers()).toEqual([]);
    expect(await brokenChains(accounts)).toEqual([]);
    const [daily] = await sql`
      select coalesce(sum(t.amount), 0) <= 12 as "isWithin" from transfers t
      where t.from_account_id = ${accounts[2] ?? ''} and t.undoes is null
        and not exists (select 1 from transfers u where u.undoes = t.id)`;
    expect(daily).toEqual({ isWithin: true });
    // What the test is about has happened.
    expect(rows.length).toBeGreaterThan(20);
    expect([...refused]).toEqual(
      expect.arrayContaining(['insufficient_funds', 'currency_mismatch', 'conflict', 'transfer_other_client']),
    );
  });

  test('the proof finds an account that a transfer left below its limit', async () => {
    const [from = '', to = ''] = [
      await newAccount(await newClient(), { balance: '5' }),
      await newAccount(await newClient()),
    ];
    await transferOf(from, to, '4');
    expect(await brokenChains([from, to])).toEqual([]);
    await database.sql`update transfers set from_after = -1 where from_account_id = ${from}`;
    expect(await brokenChains([from, to])).toEqual([expect.stringContaining(`${from}: `)]);
  });
});

/** Transfers whose lines are not one on each account, of the amount and its opposite, in the currency of both clients. */
function unevenTransfers(): Promise<object[]> {
  return database.sql`
    select t.id, count(*)::int as lines, sum(e.amount)::text as sum
    from transfers t join ledger_entries e on e.transfer_id = t.id join clients c on c.id = e.client_id
    group by t.id
    having count(*) <> 2 or sum(e.amount) <> 0 or max(e.amount) <> t.amount or count(distinct e.account_id) <> 2
      or bool_or(e.currency <> t.currency or c.currency <> t.currency)
      or bool_or(e.account_id <> case when e.amount < 0 then t.from_account_id else t.to_account_id end)`;
}

/** Accounts whose transfers, one after the other, do not lead to their balances, or leave less than they may have. */
async function brokenChains(accounts: readonly string[]): Promise<string[]> {
  const { sql } = database;
  const faults: string[] = [];
  for (const id of accounts) {
    const [account] = await sql<{ balance: string; limit: string; moved: string }[]>`
      select balance, credit_limit as limit, (
        select coalesce(sum(amount), 0) from ledger_entries
        where account_id = ${id} and transfer_id is not null)::text as moved
      from accounts where id = ${id}`;
    const moves = await sql<{ isOut: boolean; amount: string; after: string }[]>`
      select from_account_id = ${id} as "isOut", amount,
        case when from_account_id = ${id} then from_after else to_after end as after
      from transfers where ${id} in (from_account_id, to_account_id) order by id`;
    if (!account) throw new Error(`there is no account ${id}`);
    let balance = moneyOf(account.balance) - moneyOf(account.moved);
    for (const { isOut, amount, after } of moves) {
      balance += isOut ? -moneyOf(amount) : moneyOf(amount);
      const isTooLow = isOut && moneyOf(after) < -moneyOf(account.limit);
      if (moneyOf(after) !== balance || isTooLow) faults.push(`${id}: ${after} instead of ${formatMoney(balance)}`);
    }
    if (balance !== moneyOf(account.balance)) faults.push(`${id}: ${account.balance} in the end`);
  }
  return faults;
}
