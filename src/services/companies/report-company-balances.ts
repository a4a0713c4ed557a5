import type { Company } from '../../domain/companies/company.js';
import { DomainError } from '../../domain/errors.js';
import { minuteMs } from '../../domain/durations.js';
import { reportBalances } from '../../storage/companies/companies.js';
import { change, unrecorded, type Requester } from '../change.js';
import { requireCompany } from './require-company.js';

interface ReportedBalances {
  /** decimal string; null: unknown */
  readonly their: string | null;
  readonly our: string | null;
  /** for which instant; null: now */
  readonly at: Date | null;
}

/**
 * Takes over what an external system says. Balances of an earlier instant than the known ones change nothing. Without an
 * audit row: it is a reading, and the next one replaces it.
 *
 * @throws DomainError `not_found`, `conflict` where the company has a ledger, `invalid` for an instant in the future
 */
export function reportCompanyBalances(requester: Requester, id: string, balances: ReportedBalances): Promise<Company> {
  const { now } = requester;
  return change(requester, async (tx) => {
    const company = await requireCompany(tx, requester, id);
    if (company.source !== 'reported') {
      throw new DomainError(
        'conflict',
        'the balances of this company are the sums of its ledger: record entries',
        '/path/id',
      );
    }
    const at = balances.at ?? new Date(now);
    if (at.getTime() > now + 5 * minuteMs) {
      throw new DomainError('invalid', 'must not be more than 5 minutes in the future', '/at');
    }
    await reportBalances(tx, id, { ...balances, at });
    return unrecorded(await requireCompany(tx, requester, id));
  });
}
