import { stage } from './stage.js';
import type { Made } from './api-caller.js';

let made = 0;

/** A name that no other client has, not even after a test was run twice. */
export const newName = (words: string): string => `${words} ${++made}`;

/** A prepaid client in USD, with what a test wants of it. */
export async function newClient(wish: Readonly<Record<string, unknown>> = {}): Promise<Made> {
  const name = newName('Tester');
  return stage().api.post('/v1/clients', {
    name,
    currency: 'USD',
    balanceModel: 'prepaid',
    creditLimit: '0.00',
    billingEmail: billingOf({ name }),
    ...wish,
  });
}

/** A profile that notifies the client below 50.00 USD, immediately and at most twice. */
export async function newProfile(wish: Readonly<Record<string, unknown>> = {}): Promise<Made> {
  return stage().api.post('/v1/profiles', {
    name: newName('Quick'),
    currency: 'USD',
    maxNotifications: 2,
    trigger: 'change',
    clientRule: { threshold: '50.00', notifyClient: true },
    ...wish,
  });
}

export async function charge(client: Made, amount: string): Promise<void> {
  await stage().api.post(`/v1/clients/${client.id}/charges`, { id: newName('charge'), amount, currency: 'USD' });
}

/** The billing email of a client of `newClient`. */
export const billingOf = ({ name }: Pick<Made, 'name'>): string =>
  `billing@${name.toLowerCase().replace(' ', '-')}.example`;
