import { DomainError, type FailureCode } from '../../domain/errors.js';
import type { NewEntry } from '../../domain/ledger/entry.js';
import { formatMoney } from '../../domain/money.js';
import type { Queries, Sql } from '../system/database.js';
import { clientsByExternalId } from '../clients/external-ids.js';
import { visibleClient } from '../system/tenancy.js';
import { raiseEvents, type NewEvent } from './raise-event.js';

/** A payment as its sender gave it; text that may be anything. */
export interface SentPayment {
  readonly paymentId: string;
  readonly amount: string;
  readonly currency: string;
  /** how the sender named the client: Lowwater's id, or its own */
  readonly client: { readonly id: string } | { readonly externalId: string };
  /** `key:<id>`, `user:<id>`, `webhook:<source>`, `temporal` */
  readonly source: string;
}

interface RefusedPayment extends SentPayment {
  readonly error: DomainError;
}

interface RefusalContext {
  /** of the sender: clients outside of its subtree are unknown; null: all are known */
  readonly withinReseller: string | null;
  readonly atMs: number;
}

/** What a payment is refused for that its sender alone cannot see: staff has to know. */
const meaningCodes: readonly FailureCode[] = ['not_found', 'client_deleted', 'currency_mismatch', 'conflict'];

/** True where a payment was refused for its meaning; false for its form, which concerns the sender alone. */
export function isRefusedForMeaning(error: unknown): error is DomainError {
  return error instanceof DomainError && meaningCodes.includes(error.code);
}

/** An entry of the ledger as its sender gave it. */
export function sentPayment(entry: NewEntry): SentPayment {
  const { externalId, amount, currency, clientId, source } = entry;
  return { paymentId: externalId, amount: formatMoney(amount), currency, client: { id: clientId }, source };
}

/**
 * Runs what records a payment. A refusal for its meaning is written as an event, in a transaction after the one that was
 * rolled back, and thrown again: the sender is answered only after the event is written.
 */
export async function withRefusalEvent<T>(
  sql: Sql,
  payment: SentPayment,
  { withinReseller, atMs }: RefusalContext,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (isRefusedForMeaning(error)) await raiseRefusedPayments(sql, [{ ...payment, error }], { withinReseller, atMs });
    throw error;
  }
}

/** Raises `payment.refused` for each; the same id and reason of one client again raises the count. */
export async function raiseRefusedPayments(
  q: Queries,
  payments: readonly RefusedPayment[],
  { withinReseller, atMs }: RefusalContext,
): Promise<void> {
  if (payments.length === 0) return;
  const clients = await findClients(q, payments, withinReseller);
  await raiseEvents(
    q,
    payments.map((payment) => refusalEvent(payment, clients.get(nameOf(payment)) ?? null, withinReseller, atMs)),
  );
}

function refusalEvent(
  payment: RefusedPayment,
  clientId: string | null,
  resellerId: string | null,
  atMs: number,
): NewEvent {
  const { paymentId, amount, currency, client, source, error } = payment;
  const named = 'id' in client ? client.id : client.externalId;
  return {
    kind: 'payment.refused',
    cause: [error.code, clientId ?? named, paymentId].join(' '),
    subjectId: paymentId,
    clientId,
    resellerId,
    data: { paymentId, amount, currency, client: named, source, reason: error.code, detail: error.message },
    atMs,
  };
}

/** Ids of the clients that the sender may see, by the name that it used; none where a name may mean several. */
async function findClients(
  q: Queries,
  payments: readonly RefusedPayment[],
  withinReseller: string | null,
): Promise<Map<string, string>> {
  const ids = payments.flatMap(({ client }) => ('id' in client && /^\d{1,18}$/.test(client.id) ? [client.id] : []));
  const externalIds = payments.flatMap(({ client }) => ('externalId' in client ? [client.externalId] : []));
  const rows = await q<{ id: string }[]>`
    select c.id from clients c
    where c.id = any (${ids}::bigint[]) and ${withinReseller === null ? q`true` : visibleClient(q, withinReseller)}`;
  const references = await clientsByExternalId(q, withinReseller, externalIds);
  const found = new Map(rows.map(({ id }) => [`id ${id}`, id]));
  for (const [externalId, reference] of references) {
    if (reference.kind === 'one') found.set(`external ${externalId}`, reference.id);
  }
  return found;
}

function nameOf({ client }: SentPayment): string {
  return 'id' in client ? `id ${client.id}` : `external ${client.externalId}`;
}
