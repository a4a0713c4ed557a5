import fc from 'fast-check';
import { DomainError } from '../../../src/domain/errors.js';
import { parseMoney } from '../../../src/domain/money.js';
import { undoTransfer } from '../../../src/services/accounts/record-transfer.js';
import { invoiceNow } from '../../../src/services/invoicing/invoice-now.js';
import { reversePayment } from '../../../src/services/invoicing/reverse-payment.js';
import { recordEntry } from '../../../src/services/ledger/record-entries.js';
import { requesterAt } from '../../support/data/requester.js';
import { seeds } from '../../support/data/seeds.js';
import { proveAccounts } from '../../support/database/prove-accounts.js';
import { proveBalances } from '../../support/database/prove-balances.js';
import { proveSettlement } from '../../support/invoicing/invoices-api.js';
import { newAccount, transferOf } from '../../support/ledger/accounts-database.js';
import { database, entry, newClient, useLedgerDatabase } from '../../support/ledger/ledger-database.js';

/** What holds after any interleaving of payments, charges, transfers, reversals, invoices, and their repetitions. */

useLedgerDatabase();

const amount = fc.integer({ min: 1, max: 5_000 }).map((cents) => (cents / 100).toFixed(2));
const client = fc.integer({ min: 0, max: 1 });
const id = fc.integer({ min: 1, max: 30 });
const act = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('pay' as const), client, id, amount }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('charge' as const), client, id, amount }) },
  {
    weight: 4,
    arbitrary: fc.record({
      ...{ do: fc.constant('transfer' as const), client, id, amount },
      ...{ from: fc.nat(3), to: fc.nat(3) },
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('undo' as const), client, id, amount }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('reverse' as const), client, id, amount }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('invoice' as const), client, id, amount }) },
);

test.each(seeds(3))(
  'balances are the sums of their entries, and transfers add up to zero, with the acts of seed %i',
  async (seed) => {
    const { sql } = database;
    await sql`update installation_settings set transfers_across_clients = true`;
    const clients = [await newClient(), await newClient()] as const;
    await sql`update clients set created_at = '2026-01-01T00:00:00Z' where id = any(${[...clients]}::bigint[])`;
    const accounts = await Promise.all([0, 1, 2, 3].map((n) => newAccount(clients[n % 2] ?? '', { balance: '20' })));
    const acts = fc.sample(act, { seed, numRuns: 160 });
    let done = 0;
    const worker = async (own: number): Promise<void> => {
      for (const [index, one] of acts.entries()) {
        if (index % 5 !== own) continue;
        // Twice at once, as by a caller who did not wait for the answer.
        const outcomes = await Promise.allSettled([carryOut(one), carryOut(one)]);
        for (const outcome of outcomes) {
          if (outcome.status === 'fulfilled') done++;
          else if (!(outcome.reason instanceof DomainError)) throw outcome.reason;
        }
      }
    };
    const carryOut = async (one: (typeof acts)[number]): Promise<unknown> => {
      const clientId = clients[one.client] ?? '';
      const requester = requesterAt(sql);
      const externalId = `${seed}-${one.client}-${one.do}-${one.id}`;
      switch (one.do) {
        case 'pay':
          return recordEntry(requester, entry(clientId, 'payment', one.amount, { externalId }));
        case 'charge':
          return recordEntry(requester, entry(clientId, 'charge', `-${one.amount}`, { externalId }));
        case 'transfer':
          return transferOf(accounts[one.from] ?? '', accounts[one.to] ?? '', one.amount, { requestId: externalId });
        case 'undo': {
          const [made] = await sql<{ id: string }[]>`select max(id)::text as id from transfers`;
          return made?.id && undoTransfer(requester, made.id, { note: null, requestId: externalId });
        }
        case 'reverse': {
          const [paid] = await sql<{ id: string; currency: string }[]>`
          select id, currency from ledger_entries where client_id = ${clientId} and kind = 'payment'
          order by id desc offset ${one.id % 5} limit 1`;
          if (!paid) return null;
          const reversal = { externalId, amount: parseMoney(one.amount), reason: 'chargeback', note: null } as const;
          return reversePayment(requester, { ...paid, clientId }, reversal);
        }
        case 'invoice':
          return invoiceNow(requester, clientId, null);
      }
    };
    await Promise.all([0, 1, 2, 3, 4].map(worker));
    expect(done).toBeGreaterThan(60);
    expect(await proveBalances(sql)).toEqual([]);
    expect(await proveAccounts(sql)).toEqual([]);
    expect(await proveSettlement(sql)).toEqual([]);
    const [transfers] = await sql`
    select count(distinct transfer_id) > 10 as "areMany", sum(amount) = 0 as "areEven"
    from ledger_entries where transfer_id is not null`;
    expect(transfers).toEqual({ areMany: true, areEven: true });
    const [exceeded] = await sql`
    select count(*)::int as n from invoices where paid + credited > greatest(total, 0)`;
    expect(exceeded).toEqual({ n: 0 });
    const [overused] = await sql`select count(*)::int as n from credits where used > amount`;
    expect(overused).toEqual({ n: 0 });
  },
);
