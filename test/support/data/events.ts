import type { Sql } from '../../../src/storage/system/database.js';
import { raiseEvent } from '../../../src/storage/events/raise-event.js';

/** What a test wants of a refused payment in the events log. */
export interface EventWish {
  readonly clientId?: string | null;
  readonly resellerId?: string | null;
  readonly paymentId?: string;
  readonly detail?: string;
  readonly atMs?: number;
}

/** Raises `payment.refused` and returns the id of the event. */
export async function insertEvent(sql: Sql, wish: EventWish = {}): Promise<string> {
  const {
    clientId = null,
    resellerId = null,
    paymentId = 'pay-1',
    detail = 'wrong currency',
    atMs = Date.now(),
  } = wish;
  const { id } = await raiseEvent(sql, {
    kind: 'payment.refused',
    cause: `currency_mismatch ${clientId ?? ''} ${paymentId}`,
    subjectId: paymentId,
    clientId,
    resellerId,
    data: {
      paymentId,
      amount: '5.00',
      currency: 'EUR',
      client: '',
      source: 'key:1',
      reason: 'currency_mismatch',
      detail,
    },
    atMs,
  });
  return id;
}
