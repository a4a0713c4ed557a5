import type { Company } from '../../../domain/companies/company.js';
import { DomainError } from '../../../domain/errors.js';
import { findCompany } from '../../../storage/companies/companies.js';
import type { Scope } from '../../../storage/system/scope.js';

/** @throws DomainError `not_found` also for a company of another reseller */
export async function requireCompany(
  { scope, now }: { readonly scope: Scope; readonly now: number },
  id: string,
): Promise<Company> {
  const company = await scope.read((q) => findCompany(q, scope.resellerId, id, now));
  if (!company) throw new DomainError('not_found', `there is no company ${id}`, '/path/id');
  return company;
}
