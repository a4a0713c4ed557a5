import type { NewEntry, PostedEntry } from '../../../domain/ledger/entry.js';
import type { Caller } from '../../context.js';
import { money, reference } from '../../contract/schemas.js';
import type { z } from '../../contract/zod.js';
import { accountField, entryFields, newEntry } from './shared.js';

export const paymentDescription =
  'A refill: counters reset (see the profile’s `resetOn`). You choose the id, which is unique within the ' +
  'client’s reseller: a repeated request with the same id and body gets the same response. Accepted also while ' +
  'Temporal is down; the monitor receives the payment later.';

export const paymentFields = {
  ...entryFields,
  accountId: accountField,
  amount: money({ least: 'more_than_zero' }),
  invoiceId: reference
    .optional()
    .openapi({ description: 'An issued invoice of the client that it settles first; then the oldest, as by default' }),
};

/** @param body of `paymentFields` */
export function newPayment(
  clientId: string,
  body: z.output<z.ZodObject<typeof paymentFields>>,
  caller: Caller,
): NewEntry {
  const { invoiceId } = body;
  const entry = newEntry('payment', clientId, body, body.amount, caller);
  return invoiceId === undefined ? entry : { ...entry, invoiceId };
}

export const paymentExample = { id: 'pay-2026-000117', amount: '100.00', currency: 'USD', at: '2026-03-01T10:00:00Z' };

/** Names the client where it is not the caller's own: its reseller may have another payment with the same id. */
export function paymentLocation(
  { externalId, clientId, resellerId }: Pick<PostedEntry, 'externalId' | 'clientId' | 'resellerId'>,
  callerResellerId: string,
): string {
  const path = `/v1/payments/${encodeURIComponent(externalId)}`;
  return resellerId === callerResellerId ? path : `${path}?clientId=${clientId}`;
}
