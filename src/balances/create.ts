import { createHttpSource } from './http.js';
import type { BalanceSource, SourceObserver } from './source.js';
import { createSqlSource } from './sql.js';

/** The settings of `src/config.ts` that choose and reach a source. */
export interface BalanceSettings {
  readonly BALANCE_SOURCE: 'ledger' | 'sql' | 'http';
  readonly BALANCE_SQL_URL?: string | undefined;
  readonly BALANCE_SQL_QUERY?: string | undefined;
  readonly BALANCE_HTTP_URL?: string | undefined;
  readonly BALANCE_HTTP_TOKEN?: string | undefined;
  readonly BALANCE_TIMEOUT_MS: number;
}

/**
 * The source that the settings name; null for the own ledger, which the check's statement reads itself.
 *
 * @throws Error when the settings of the source named are missing or cannot work.
 */
export function createBalanceSource(settings: BalanceSettings, observer: SourceObserver = {}): BalanceSource | null {
  const timeoutMs = settings.BALANCE_TIMEOUT_MS;
  switch (settings.BALANCE_SOURCE) {
    case 'ledger':
      return null;
    case 'sql':
      return createSqlSource(
        {
          url: given(settings.BALANCE_SQL_URL, 'BALANCE_SQL_URL'),
          query: given(settings.BALANCE_SQL_QUERY, 'BALANCE_SQL_QUERY'),
          timeoutMs,
        },
        observer,
      );
    case 'http':
      return createHttpSource(
        { url: given(settings.BALANCE_HTTP_URL, 'BALANCE_HTTP_URL'), token: settings.BALANCE_HTTP_TOKEN, timeoutMs },
        observer,
      );
  }
}

function given(value: string | undefined, name: string): string {
  if (!value) throw new Error(`${name} is not set`);
  return value;
}
