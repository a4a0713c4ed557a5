import { money } from '../../contract/schemas.js';
import { entryFields } from './shared.js';

export const paymentDescription =
  'A refill. Counts of the client’s rules start over (see the profile’s `resetOn`). The id is one in the whole ' +
  'installation: the same id with the same body answers the same. Accepted also while Temporal is down; the monitor is ' +
  'told as soon as it can be.';

export const paymentFields = { ...entryFields, amount: money({ least: 'more_than_zero' }) };

export const paymentExample = { id: 'pay-2026-000117', amount: '100.00', currency: 'USD', at: '2026-03-01T10:00:00Z' };

export function paymentLocation(id: string): string {
  return `/v1/payments/${encodeURIComponent(id)}`;
}
