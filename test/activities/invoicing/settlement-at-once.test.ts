import fc from 'fast-check';
import { DomainError } from '../../../src/domain/errors.js';
import { parseMoney } from '../../../src/domain/money.js';
import { createCreditNote } from '../../../src/services/invoicing/create-credit-note.js';
import { createInvoice } from '../../../src/services/invoicing/create-invoice.js';
import { deleteInvoice } from '../../../src/services/invoicing/delete-invoice.js';
import { issueInvoice } from '../../../src/services/invoicing/issue-invoice.js';
import { recordRefund } from '../../../src/services/invoicing/record-refund.js';
import { reversePayment } from '../../../src/services/invoicing/reverse-payment.js';
import { voidInvoice } from '../../../src/services/invoicing/void-invoice.js';
import { recordEntry } from '../../../src/services/ledger/record-entries.js';
import { requesterAt } from '../../support/data/requester.js';
import { seeds } from '../../support/data/seeds.js';
import { proveBalances } from '../../support/database/prove-balances.js';
import { proveSettlement } from '../../support/invoicing/invoices-api.js';
import { proveAllocations, proveBilling } from '../../support/invoicing/prove-invoices.js';
import { database, entry, newClient, operator, useLedgerDatabase } from '../../support/ledger/ledger-database.js';

/**
 * What settles what, after any interleaving of payments, charges, invoices, credit notes, refunds, reversals, and voids, each
 * sent twice: `fixed = unallocated - outstanding`, and no allocation exceeds what it is of.
 */

useLedgerDatabase();

const start = Date.parse('2026-03-01T00:00:00Z');
const hourMs = 3_600_000;

/** How often each of the acts comes. */
const weights = {
  ...{ pay: 5, charge: 4, invoice: 5, discount: 2, draft: 2, issue: 2, delete: 1 },
  ...{ credit: 3, refund: 2, reverse: 3, void: 3, payInvoice: 2 },
};
const act = fc.record({
  do: fc.oneof(
    ...Object.entries(weights).map(([name, weight]) => ({
      weight,
      arbitrary: fc.constant(name as keyof typeof weights),
    })),
  ),
  client: fc.nat(1),
  id: fc.integer({ min: 1, max: 40 }),
  cents: fc.integer({ min: 1, max: 6_000 }),
  /** which of the newest invoices or payments it is about */
  nth: fc.nat(6),
  lines: fc.constantFrom('draft' as const, 'next' as const, 'never' as const),
});
type Act = typeof act extends fc.Arbitrary<infer T> ? T : never;

async function newClients(seed: number): Promise<readonly [string, string]> {
  const { sql } = database;
  const clients = [await newClient(), await newClient()] as const;
  await sql`update clients set created_at = '2026-02-01T00:00:00Z' where id = any(${[...clients]}::bigint[])`;
  const [tax] = await sql<{ id: string }[]>`
    insert into tax_profiles (reseller_id, name, rate_percent, mode, label)
    values (${operator}, ${`VAT ${seed}`}, 20, ${seed % 2 === 0 ? 'inclusive' : 'exclusive'}, 'VAT') returning id`;
  await sql`update clients set tax_profile_id = ${tax?.id ?? null} where id = ${clients[0]}`;
  return clients;
}

/** One of the newest invoices of the client; null: there are not so many. */
async function nthInvoice(clientId: string, status: 'draft' | 'issued', nth: number): Promise<string | null> {
  const [row] = await database.sql<{ id: string }[]>`
    select id from invoices where client_id = ${clientId} and status = ${status} and type = 'outgoing'
    order by id desc offset ${nth} limit 1`;
  return row?.id ?? null;
}

/** @returns the id of what it made or changed; null: there was nothing that it could be about */
async function carryOut(one: Act, clientId: string, target: string | null, at: number): Promise<string | null> {
  const requester = requesterAt(database.sql, at);
  const amount = (one.cents / 100).toFixed(2);
  const externalId = `${one.do}-${one.id}`;
  const money = { externalId, amount: parseMoney(amount), currency: 'USD' };
  const wish = { periodEnd: null, description: null, review: false, issuedOn: null, requestId: externalId };
  const line = { description: 'Traffic', amount: parseMoney(amount) };
  switch (one.do) {
    case 'pay':
      return (
        await recordEntry(requester, entry(clientId, 'payment', amount, { externalId: `${clientId}-${externalId}` }))
      ).id;
    case 'charge': {
      const occurredAt = at - one.nth * 24 * hourMs;
      return (await recordEntry(requester, entry(clientId, 'charge', `-${amount}`, { externalId, occurredAt }))).id;
    }
    case 'invoice':
      return (await createInvoice(requester, clientId, { ...wish, issue: true, lines: [line] })).row.id;
    case 'discount': {
      const discount = { ...line, amount: -line.amount };
      return (await createInvoice(requester, clientId, { ...wish, issue: true, lines: [discount] })).row.id;
    }
    case 'draft':
      return (await createInvoice(requester, clientId, { ...wish, issue: false, lines: [line] })).row.id;
    case 'refund':
      return (await recordRefund(requester, clientId, { ...money, reason: 'asked for', paymentEntryId: null })).id;
    default:
      return target === null ? null : carryOutOn(one, clientId, target, at);
  }
}

async function carryOutOn(one: Act, clientId: string, target: string, at: number): Promise<string | null> {
  const requester = requesterAt(database.sql, at);
  const amount = parseMoney((one.cents / 100).toFixed(2));
  const externalId = `${one.do}-${one.id}`;
  switch (one.do) {
    case 'payInvoice': {
      const named = { externalId: `${clientId}-${externalId}`, invoiceId: target };
      return (await recordEntry(requester, { ...entry(clientId, 'payment', '1', named), amount })).id;
    }
    case 'issue':
      return (await issueInvoice(requester, target, { issuedOn: null, expectedTotal: null })).id;
    case 'delete':
      await deleteInvoice(requester, target);
      return target;
    case 'credit':
      return (await createCreditNote(requester, target, { externalId, amount, description: 'Too much' })).row.id;
    case 'void':
      return (await voidInvoice(requester, target, { reason: 'wrong', lines: one.lines })).row.id;
    default: {
      const payment = { id: target, clientId, currency: 'USD' };
      return (await reversePayment(requester, payment, { externalId, amount, reason: 'bounced', note: null })).id;
    }
  }
}

/** What the act is about, read before it is sent: what it is repeated with. */
async function targetOf({ do: name, nth }: Act, clientId: string): Promise<string | null> {
  if (name === 'reverse') {
    const [paid] = await database.sql<{ id: string }[]>`
      select id from ledger_entries where client_id = ${clientId} and kind = 'payment' order by id desc offset ${nth} limit 1`;
    return paid?.id ?? null;
  }
  const isOfDraft = name === 'issue' || name === 'delete';
  return isOfDraft ? nthInvoice(clientId, 'draft', 0) : nthInvoice(clientId, 'issued', nth % 3);
}

test.each(seeds(3))('invoices are settled with what is there, with the acts of seed %i', async (seed) => {
  const { sql } = database;
  const clients = await newClients(seed);
  const acts = fc.sample(act, { seed, numRuns: 220 });
  const done = new Set<string>();
  const worker = async (own: number): Promise<void> => {
    for (const [index, one] of acts.entries()) {
      if (index % 5 !== own) continue;
      const clientId = clients[one.client] ?? '';
      const target = await targetOf(one, clientId);
      const at = start + index * 4 * hourMs;
      // Twice at once, as by a caller who did not wait for the answer.
      const outcomes = await Promise.allSettled([0, 1].map(() => carryOut(one, clientId, target, at)));
      const made = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
      if (new Set(made).size > 1) throw new Error(`${JSON.stringify(one)} was done twice: ${made.join(', ')}`);
      if (made.some((id) => id !== null)) done.add(one.do);
      for (const outcome of outcomes) {
        if (outcome.status === 'rejected' && !(outcome.reason instanceof DomainError)) throw outcome.reason;
      }
    }
  };
  await Promise.all([0, 1, 2, 3, 4].map(worker));

  expect(await proveBalances(sql)).toEqual([]);
  expect(await proveSettlement(sql)).toEqual([]);
  expect(await proveAllocations(sql)).toEqual([]);
  expect(await proveBilling(sql)).toEqual([]);
  // Nearly everything that the test is about has happened; what, depends on who was faster.
  expect(done.size).toBeGreaterThan(Object.keys(weights).length - 3);
});

test('the proofs find a payment that is worth more than was paid, and a charge that is billed twice', async () => {
  const { sql } = database;
  const [, clientId] = await newClients(0);
  const requester = requesterAt(sql, start);
  const { id } = await recordEntry(requester, entry(clientId, 'payment', '5'));
  const charged = await recordEntry(requester, entry(clientId, 'charge', '-3', { occurredAt: start - hourMs }));
  const wish = { periodEnd: null, description: null, review: false, issuedOn: null, issue: true, lines: [] };
  await createInvoice(requester, clientId, { ...wish, requestId: 'proof' });
  expect([await proveAllocations(sql), await proveBilling(sql)]).toEqual([[], []]);
  await sql`update credits set amount = amount + 1 where entry_id = ${id}`;
  await sql`update balances set invoiced_until = null where client_id = ${clientId}`;
  expect(await proveAllocations(sql)).toEqual([
    expect.objectContaining({ fault: expect.stringContaining('is not worth') }),
  ]);
  expect(await proveBilling(sql)).toEqual([{ fault: 'an entry is in 2 places', id: charged.id }]);
});
