import { randomInt, randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { moneyOf } from '../../../src/domain/money.js';
import { ApiProblem, type ApiClient } from './api-client.js';
import { patterns, type TrafficPattern } from './data.js';

/** Milliseconds between two charges, and before the next attempt when the API does not answer. */
const CHARGE_EVERY_MS = 1_500;
const RETRY_MS = 5_000;

type Client = { id: string; externalId: string | null; name: string; currency: string };
type Spender = Client & { pattern: TrafficPattern };
type Recorded = { balance: { available: string | null } };

/**
 * Posts small charges of the demo's clients, and a payment when one of them runs out, until the signal aborts.
 *
 * @param say receives payments and failures, one line each
 * @throws ApiProblem when the key is not accepted
 */
export async function runTraffic(api: ApiClient, signal: AbortSignal, say: (line: string) => void): Promise<void> {
  let spenders: Spender[] = [];
  while (!signal.aborted) {
    try {
      if (spenders.length === 0) spenders = await findSpenders(api);
      const spender = choose(spenders);
      if (spender) await spend(api, spender, say);
      await delay(spender ? CHARGE_EVERY_MS : RETRY_MS, undefined, { signal });
    } catch (error) {
      if (signal.aborted) return;
      if (!(error instanceof ApiProblem) || error.status === 401) throw error;
      say(error.message);
      // Clients may have been changed or deleted: they are looked up again.
      spenders = [];
      await delay(RETRY_MS, undefined, { signal }).catch(() => undefined);
    }
  }
}

async function findSpenders(api: ApiClient): Promise<Spender[]> {
  const { data } = await api.get<{ data: Client[] }>('/v1/clients?limit=200');
  return patterns.flatMap((pattern) => {
    const found = data.find(({ externalId }) => externalId === pattern.externalId);
    return found ? { ...found, pattern } : [];
  });
}

/** By share: a habit with twice the share spends twice as often. */
function choose(spenders: readonly Spender[]): Spender | undefined {
  const tickets = spenders.flatMap((spender) => Array<Spender>(spender.pattern.share).fill(spender));
  return tickets.length === 0 ? undefined : tickets[randomInt(tickets.length)];
}

async function spend(api: ApiClient, spender: Spender, say: (line: string) => void): Promise<void> {
  const { id, name, currency, pattern } = spender;
  const [least, most] = pattern.chargeCents;
  const charge = { id: `demo-${randomUUID()}`, amount: decimal(randomInt(least, most + 1)), currency };
  const { balance } = await api.post<Recorded>(`/v1/clients/${id}/charges`, charge);
  const { available } = balance;
  if (available === null || moneyOf(available) >= moneyOf(decimal(pattern.paysBelowCents))) return;
  const amount = decimal(pattern.paymentCents);
  await api.post<Recorded>('/v1/payments', { id: `demo-${randomUUID()}`, clientId: id, amount, currency });
  say(`${name} paid ${amount} ${currency}.`);
}

/** `1234` hundredths as `12.34`; no float ever holds money. */
function decimal(cents: number): string {
  const digits = String(cents).padStart(3, '0');
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`;
}
