import { queryOptions } from '@tanstack/react-query';
import { api, unwrap } from '../../api/client';
import { keys } from '../../api/keys';
import type { components } from '../../api/schema';

export type Rate = components['schemas']['ExchangeRate'];
export type NeededRate = components['schemas']['NeededExchangeRate'];

/** No stream event says that clients need another pair, or of a rate that begins. */
const refreshMs = 60_000;

export const currentRatesQuery = queryOptions({
  queryKey: keys.one('rates', 'current'),
  queryFn: ({ signal }) => unwrap(api.GET('/v1/exchange-rates/current', { signal })),
  refetchInterval: refreshMs,
});

export const neededRatesQuery = queryOptions({
  queryKey: keys.one('rates', 'needed'),
  queryFn: ({ signal }) => unwrap(api.GET('/v1/exchange-rates/needed', { signal })),
  refetchInterval: refreshMs,
});

/** A pair of currencies with its current rate, and who needs it. */
export interface Pair {
  readonly from: string;
  readonly to: string;
  readonly rate: string | null;
  readonly at: string | null;
  readonly clients: number;
  readonly companies: number;
}

export const pairKey = ({ from, to }: { readonly from: string; readonly to: string }): string => `${from}-${to}`;

/** What is needed, gaps first; then rates that are not needed now. */
export function pairsOf(needed: readonly NeededRate[], current: readonly Rate[]): Pair[] {
  const known = new Set(needed.map(pairKey));
  const others = current.filter((rate) => !known.has(pairKey(rate)));
  return [
    ...needed.map(({ from, to, rate, at, clients, companies }) => ({ from, to, rate, at, clients, companies })),
    ...others.map(({ from, to, rate, at }) => ({ from, to, rate, at, clients: 0, companies: 0 })),
  ];
}
