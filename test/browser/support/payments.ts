import { stage } from './stage.js';

/** Sends a payment of a client that does not exist, which is an event. */
export async function rejectPayment(id: string, externalClientId = '999999'): Promise<void> {
  const { api } = stage();
  const body = { id, clientId: externalClientId, amount: '12.50', currency: 'USD' };
  const status = await api.postedStatus('/v1/payments', body);
  if (status !== 404) throw new Error(`payment ${id} was answered with ${status}`);
}
