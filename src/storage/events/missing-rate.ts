import { currentRate } from '../rates/current-rate.js';
import type { Sql, Transaction } from '../system/database.js';
import { inTransaction } from '../system/transaction.js';
import type { CurrencyPair } from '../../domain/companies/company-balances.js';
import { raiseEvent, type RaisedEvent } from './raise-event.js';
import { resolveOpenEvents } from './resolve-event.js';

/** A pair of currencies without a rate: one open event for all clients that need it, of the whole installation. */

/**
 * Raises `rate.missing` for the pair that a client needs. The lock orders it with a rate that is added at the same
 * time: an event raised after the rate is effective would never be resolved.
 *
 * @returns null when the client needs no rate, or has one by now
 */
export async function raiseMissingRate(sql: Sql, clientId: string, atMs: number): Promise<RaisedEvent | null> {
  const [pair] = await sql<CurrencyPair[]>`
    select c.currency as "from", p.currency as "to" from clients c join profiles p on p.id = c.profile_id
    where c.id = ${clientId} and c.currency <> p.currency`;
  return pair ? raiseForPair(sql, pair, atMs) : null;
}

/**
 * Raises `rate.missing` for a pair that companies need, unless it is open: each run of the controller finds it again, and
 * a repeat says nothing new.
 *
 * @returns null when it is open, or has a rate by now
 */
export async function raiseMissingPair(sql: Sql, pair: CurrencyPair, atMs: number): Promise<RaisedEvent | null> {
  const open = await sql`
    select 1 from events where kind = 'rate.missing' and cause = ${causeOf(pair.from, pair.to)} and resolved_at is null limit 1`;
  return open.length > 0 ? null : raiseForPair(sql, pair, atMs);
}

async function raiseForPair(sql: Sql, pair: CurrencyPair, atMs: number): Promise<RaisedEvent | null> {
  const raised: { event: RaisedEvent | null } = { event: null };
  await inTransaction(sql, async (tx) => {
    await lockPair(tx, pair.from, pair.to);
    if ((await currentRate(tx, pair.from, pair.to, Math.max(atMs, Date.now()))) !== null) return;
    const cause = causeOf(pair.from, pair.to);
    raised.event = await raiseEvent(tx, {
      kind: 'rate.missing',
      cause,
      subjectId: cause,
      clientId: null,
      resellerId: null,
      data: { ...pair },
      atMs,
    });
  });
  return raised.event;
}

/** Resolves `rate.missing` of a pair; call it in the transaction that makes a rate of the pair effective. */
export async function resolveMissingRate(tx: Transaction, from: string, to: string, at: Date): Promise<void> {
  await lockPair(tx, from, to);
  await resolveOpenEvents(
    tx,
    { kind: 'rate.missing', cause: causeOf(from, to) },
    { reason: 'An exchange rate became effective', at },
  );
}

function causeOf(from: string, to: string): string {
  return `${from}/${to}`;
}

async function lockPair(tx: Transaction, from: string, to: string): Promise<void> {
  await tx`select pg_advisory_xact_lock(hashtextextended(${`rate.missing ${causeOf(from, to)}`}, 0))`;
}
