import { createBalanceSource, type BalanceSettings } from '../../../src/balances/create.js';
import type { BalanceRequest, BalanceSource, ReadResult } from '../../../src/balances/source.js';

export const noon = Date.UTC(2026, 0, 31, 12);

type Told = { reads: { clients: number; unknown: number }[]; changes: string[]; clients: [string, string | null][] };

/** Sources to close after the test. */
const open: BalanceSource[] = [];

export function source(settings: Partial<BalanceSettings>): { source: BalanceSource; told: Told } {
  const told: Told = { reads: [], changes: [], clients: [] };
  const made = createBalanceSource(
    { BALANCE_SOURCE: 'ledger', BALANCE_TIMEOUT_MS: 2000, ...settings },
    {
      onRead: ({ clients, unknown }) => told.reads.push({ clients, unknown }),
      onClient: ({ clientId, reason }) => told.clients.push([clientId, reason]),
      onChange: ({ state, reason }) => told.changes.push(reason === undefined ? state : `${state}: ${reason}`),
    },
  );
  if (!made) throw new Error('no source');
  open.push(made);
  return { source: made, told };
}

export function client(id: string, currency = 'EUR', externalId: string | null = null): BalanceRequest {
  return { id, currency, externalId };
}

export function unknownOf(result: ReadResult, id: string): string {
  const entry = result.get(id);
  return entry && 'unknown' in entry ? entry.unknown : `known: ${JSON.stringify(entry)}`;
}

/** Closes after each test the sources that it made. */
export function useExternalBalances(): void {
  afterEach(async () => {
    await Promise.all(open.splice(0).map((made) => made.close()));
  });
}
