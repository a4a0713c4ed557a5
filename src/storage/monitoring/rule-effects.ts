import type { CapacityDecision } from '../../domain/monitoring/actions/capacity.js';
import type { RuleEffect } from '../../domain/monitoring/actions/effects.js';
import { raiseEvent } from '../events/raise-event.js';
import { resolveOpenEvents } from '../events/resolve-event.js';
import type { Transaction } from '../system/database.js';
import { writeAutoPayment } from '../payments/decided-payment.js';
import { insertCapacityChange, isCapacityChangeKnown } from './capacity-changes.js';

/**
 * Writes what the rules of an evaluation did. An effect that is written again, because the answer to the first write
 * was lost, changes nothing. Call it with the monitor's row locked.
 */
export async function writeRuleEffect(
  tx: Transaction,
  clientId: string,
  at: number,
  effect: RuleEffect,
): Promise<void> {
  switch (effect.kind) {
    case 'clientLow':
      return raiseClientLow(tx, clientId, at, effect);
    case 'clientRecovered':
      return resolveClientLow(tx, clientId, at, 'The client is no longer low');
    case 'charge':
      return writeAutoPayment(tx, clientId, at, effect);
    case 'capacity':
      if (await isCapacityChangeKnown(tx, clientId, effect.decision)) return;
      return writeCapacity(tx, clientId, effect.decision);
  }
}

/** Ends the event of a low client; one that was raised later stays. */
export async function resolveClientLow(tx: Transaction, clientId: string, at: number, reason: string): Promise<void> {
  const cause = causeOf(clientId);
  const [later] = await tx`
    select 1 from events
    where kind = 'client.low' and cause = ${cause} and resolved_at is null and last_at > ${new Date(at)}`;
  if (!later) await resolveOpenEvents(tx, { kind: 'client.low', cause }, { reason, at: new Date(at) });
}

/** Writes the current capacity, with its event, unless it is the one that was written last. */
export async function writeCapacity(tx: Transaction, clientId: string, decision: CapacityDecision): Promise<void> {
  const sequence = await insertCapacityChange(tx, clientId, decision);
  if (sequence === null) return;
  const client = await readNames(tx, clientId);
  if (!client) return;
  const at = new Date(decision.at);
  const cause = `${clientId} ${sequence}`;
  // A state replaces the one before: at most one restriction is open.
  await resolveOpenEvents(
    tx,
    { kind: 'capacity.reduced', subjectId: clientId },
    { reason: decision.applied ? 'Another capacity applies' : 'The normal capacity applies again', at },
  );
  const kind = decision.applied ? 'capacity.reduced' : 'capacity.restored';
  await raiseEvent(tx, {
    kind,
    cause,
    subjectId: clientId,
    clientId,
    resellerId: null,
    atMs: decision.at,
    data: {
      clientId,
      externalId: client.externalId ?? '',
      sequence,
      direction: 'origination',
      applied: String(decision.applied),
      capacity: limitText(decision.capacity),
      normalCapacity: limitText(decision.normal),
      reason: decision.cause,
      available: decision.available ?? '',
      threshold: decision.threshold ?? '',
      restoreAt: decision.restoreAt ?? '',
      currency: client.currency,
    },
  });
  // Good news waits for no one: it is in the log, and nothing is left to do.
  if (!decision.applied) await resolveOpenEvents(tx, { kind, cause }, { reason: 'For information', at });
}

const limitText = (capacity: number | null): string => (capacity === null ? 'unlimited' : String(capacity));

async function raiseClientLow(
  tx: Transaction,
  clientId: string,
  at: number,
  { available, threshold }: RuleEffect & { readonly kind: 'clientLow' },
): Promise<void> {
  const cause = causeOf(clientId);
  const known = await tx`
    select 1 from events where kind = 'client.low' and cause = ${cause} and last_at >= ${new Date(at)}`;
  const client = known.length > 0 ? null : await readNames(tx, clientId);
  if (!client) return;
  const data = { client: client.name, available, threshold, currency: client.currency };
  await raiseEvent(tx, { kind: 'client.low', cause, subjectId: clientId, clientId, resellerId: null, data, atMs: at });
}

/** The client's reseller is not part of it: a client that moves keeps its event. */
function causeOf(clientId: string): string {
  return `client ${clientId}`;
}

interface Names {
  readonly name: string;
  readonly externalId: string | null;
  readonly currency: string;
}

async function readNames(tx: Transaction, clientId: string): Promise<Names | null> {
  const [row] = await tx<Names[]>`
    select name, external_id as "externalId", currency from clients where id = ${clientId}`;
  return row ?? null;
}
