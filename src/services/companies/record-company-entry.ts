import { entryEffect, type NewCompanyEntry } from '../../domain/companies/company-entries.js';
import { DomainError } from '../../domain/errors.js';
import { moneyOf, type Micros } from '../../domain/money.js';
import { toSecond } from '../../domain/monitoring/schedule.js';
import {
  findCompanyEntries,
  insertCompanyEntry,
  type CompanyEntryRow,
} from '../../storage/companies/company-entries.js';
import { appendToLedger, type Requester } from '../change.js';
import { requireCompany } from './require-company.js';

export interface RecordedCompanyEntry {
  /** one; of a netting: one of each side */
  readonly entries: readonly CompanyEntryRow[];
  /** it was recorded before, with the same body */
  readonly replayed: boolean;
}

/**
 * Records an entry of a company's ledger. The same id with the same body changes nothing a second time.
 *
 * @throws DomainError `not_found`, `conflict` (the id was used with another body, or the balances are reported),
 * `currency_mismatch`, `invalid`
 */
export function recordCompanyEntry(requester: Requester, entry: NewCompanyEntry): Promise<RecordedCompanyEntry> {
  const { scope, now } = requester;
  return appendToLedger(requester, async (tx) => {
    const company = await requireCompany(tx, requester, entry.companyId);
    if (company.source !== 'ledger') {
      throw new DomainError(
        'conflict',
        'an external system reports the balances of this company: it has no ledger',
        '/path/id',
      );
    }
    const { sides, amount } = entryEffect(entry, { their: company.theirCurrency, our: company.ourCurrency }, now);
    const known = await findCompanyEntries(tx, scope.resellerId, company.id, entry.kind, entry.externalId);
    const same = known.filter(({ side }) => sides.includes(side));
    if (same.length > 0) {
      for (const row of same) requireSame(row, entry, amount);
      return { entries: same, replayed: true };
    }
    const occurredAt = new Date(entry.occurredAt ?? now);
    const entries: CompanyEntryRow[] = [];
    for (const side of sides) {
      entries.push(await insertCompanyEntry(tx, scope.resellerId, { ...entry, side, amount, occurredAt }));
    }
    return { entries, replayed: false };
  });
}

function requireSame(row: CompanyEntryRow, entry: NewCompanyEntry, amount: Micros): void {
  const isSameTime = entry.occurredAt === null || toSecond(entry.occurredAt) === row.occurredAt.getTime();
  if (moneyOf(row.amount) === amount && row.note === entry.note && isSameTime) return;
  throw new DomainError(
    'conflict',
    `an entry with the id "${entry.externalId}" has another amount, time, or note: choose another id`,
    '/id',
  );
}
