import type { NewEntry, PostedEntry } from '../../domain/ledger/entry.js';
import { retryRaces, writeEntries, type PostResult } from '../../storage/ledger/ledger.js';
import { appendToLedger, type Requester } from '../change.js';

export interface RecordOptions {
  /** the moment of recording, ms; for replaying a story at other times. Default: the database's clock */
  readonly now?: number;
}

/**
 * Records one entry. The same id with the same body changes nothing a second time.
 *
 * @throws DomainError `not_found` also for a client outside of the scope, `client_deleted`, `currency_mismatch`, `invalid`
 * (sign, zero, more than 5 minutes in the future), `conflict` (the id was used with another body).
 */
export async function recordEntry(
  requester: Requester,
  entry: NewEntry,
  options: RecordOptions = {},
): Promise<PostedEntry> {
  const [posted] = await recordEntries(requester, [entry], options);
  if (!posted) throw new TypeError('a posted entry has a row');
  return posted;
}

/** Records all of the entries or none of them; errors as of `recordEntry`, of the first that is refused. */
export async function recordEntries(
  requester: Requester,
  entries: readonly NewEntry[],
  options: RecordOptions = {},
): Promise<PostedEntry[]> {
  const results = await append(requester, entries, options, 'all');
  return results.map((result) => {
    if (!result.ok) throw result.error;
    return result.entry;
  });
}

/** Records those of the entries that can be recorded; a refused one harms no other. Results in the order of the entries. */
export function recordEachEntry(
  requester: Requester,
  entries: readonly NewEntry[],
  options: RecordOptions = {},
): Promise<PostResult[]> {
  return append(requester, entries, options, 'each');
}

async function append(
  requester: Requester,
  entries: readonly NewEntry[],
  options: RecordOptions,
  mode: 'all' | 'each',
): Promise<PostResult[]> {
  if (entries.length === 0) return [];
  const within = { ...options, withinReseller: requester.scope.resellerId };
  return retryRaces(() => appendToLedger(requester, (tx) => writeEntries(tx, entries, within, mode)));
}
