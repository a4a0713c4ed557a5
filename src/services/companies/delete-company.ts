import type { Company } from '../../domain/companies/company.js';
import { deleteCompanyRow } from '../../storage/companies/companies.js';
import { change, recorded, type Precondition, type Requester } from '../change.js';
import { companyEntry } from './company-entry.js';
import { requireCompany } from './require-company.js';

/**
 * Deletes a company. Its ledger and its notifications are kept; what still waits to be sent is canceled.
 *
 * @throws DomainError `not_found`
 */
export function deleteCompany(
  requester: Requester,
  id: string,
  reason: string | null,
  precondition: Precondition<Company>,
): Promise<void> {
  return change(requester, async (tx) => {
    const before = await requireCompany(tx, requester, id);
    precondition(before);
    await deleteCompanyRow(tx, id);
    return recorded(undefined, companyEntry('company.delete', reason, before, null));
  });
}
