import { groupBy } from '../domain/group-by.js';
import { formatMoney, isMoney, moneyOf } from '../domain/money.js';
import type { BalanceRequest, BalanceReading, ReadResult, UnknownBalance } from './source.js';

/** One row or entry of a foreign answer, before anything about it is believed. */
export interface RawAnswer {
  readonly reference: unknown;
  readonly live: unknown;
  readonly currency: unknown;
  /** why no amount of it is believed, whatever it is */
  readonly fault?: string;
}

/** What the foreign system calls the client. */
function referenceOf(client: BalanceRequest): string {
  return client.externalId ?? client.id;
}

/** The names to ask for, each once; a name that two of our clients share is not asked for. */
export function referencesOf(clients: readonly BalanceRequest[]): string[] {
  return [...groupBy(clients, referenceOf)]
    .filter(([, sharing]) => sharing.length === 1)
    .map(([reference]) => reference);
}

/**
 * Puts answers to clients. What is missing, twice there, in another currency or not an amount leaves that one client
 * unknown, with the reason; unrequested answers are ignored.
 */
export function matchAnswers(clients: readonly BalanceRequest[], answers: readonly RawAnswer[]): ReadResult {
  const given = groupBy(answers, ({ reference }) => referenceText(reference));
  const result: ReadResult = new Map();
  for (const [reference, sharing] of groupBy(clients, referenceOf)) {
    for (const client of sharing) {
      result.set(
        client.id,
        sharing.length > 1
          ? { unknown: `clients ${sharing.map(({ id }) => id).join(' and ')} have the same name in the balance source` }
          : judge(client, given.get(reference) ?? []),
      );
    }
  }
  return result;
}

/** The same reason for every client, where the source gave no usable answer at all. */
export function markAllUnknown(clients: readonly BalanceRequest[], reason: string): ReadResult {
  return new Map(clients.map((client) => [client.id, { unknown: reason, sourceDown: true }]));
}

function judge(client: BalanceRequest, answers: readonly RawAnswer[]): BalanceReading | UnknownBalance {
  const [answer, second] = answers;
  if (!answer) return { unknown: 'the balance source does not know this client' };
  if (second) return { unknown: 'the balance source answered more than once for this client' };
  if (answer.fault !== undefined) return { unknown: answer.fault };
  const currency = typeof answer.currency === 'string' ? answer.currency.trim() : '';
  if (currency !== client.currency) {
    const named = /^[A-Z]{3}$/.test(currency) ? currency : 'no currency';
    return { unknown: `the balance source answered in ${named}, but the client's currency is ${client.currency}` };
  }
  const live = amountText(answer.live);
  return live === null
    ? {
        unknown:
          'the balance source returned no exact amount: it must be a decimal string with up to 12 digits and 6 ' +
          'decimals, such as "12.50"',
      }
    : { live, currency };
}

/**
 * An amount in our own form; null for anything that is none. A number is none, unless it is whole: a fraction that
 * came through a float is not exact. Zeros beyond the sixth decimal are only how a column is declared.
 */
function amountText(value: unknown): string | null {
  if (typeof value === 'number') return Number.isSafeInteger(value) ? amountText(String(value)) : null;
  if (typeof value !== 'string') return null;
  const text = value.trim().replace(/(\.\d{6})0+$/, '$1');
  return isMoney(text) ? formatMoney(moneyOf(text)) : null;
}

function referenceText(value: unknown): string | null {
  if (typeof value === 'string') return value;
  return typeof value === 'bigint' || Number.isSafeInteger(value) ? String(value) : null;
}
