import type { Company } from '../../domain/companies/company.js';
import { findCompany, insertCompany, type NewCompany } from '../../storage/companies/companies.js';
import { requireOwner } from '../../storage/resellers/resellers.js';
import { change, recorded, type Requester } from '../change.js';
import { companyEntry } from './company-entry.js';
import { requireFittingCompany } from './require-company.js';

/**
 * Adds a company. Balances of a ledger begin at 0, reported ones are unknown.
 *
 * @throws DomainError `not_found`, `conflict` for a manager as its reseller, `already_exists`, `invalid`
 */
export function createCompany(requester: Requester, company: NewCompany, reason: string | null): Promise<Company> {
  const { scope, now } = requester;
  return change(requester, async (tx) => {
    await requireOwner(tx, scope.resellerId, company.resellerId, '/resellerId');
    await requireFittingCompany(tx, company, { ...company, withinId: scope.resellerId, before: null });
    const id = await insertCompany(tx, company);
    const row = await findCompany(tx, scope.resellerId, id, now);
    if (!row) throw new TypeError('a company that was just written is there');
    return recorded(row, companyEntry('company.create', reason, null, row));
  });
}
