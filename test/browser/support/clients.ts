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
    billingEmail: `billing@${name.toLowerCase().replace(' ', '-')}.example`,
    ...wish,
  });
}

export async function pay(client: Made, amount: string): Promise<void> {
  await stage().api.post(`/v1/clients/${client.id}/payments`, { id: newName('payment'), amount });
}

export async function charge(client: Made, amount: string): Promise<void> {
  await stage().api.post(`/v1/clients/${client.id}/charges`, { id: newName('charge'), amount });
}
