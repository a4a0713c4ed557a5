import { companySides, ledgerSides, type CompanySide } from '../../domain/companies/company-balances.js';
import type { Company, CompanyFields, SideFields } from '../../domain/companies/company.js';
import { isWatched, resetSide } from '../../domain/companies/threshold-control.js';
import { DomainError } from '../../domain/errors.js';
import { applyPatch, type Patch } from '../../domain/patch.js';
import { updateCompanyRow } from '../../storage/companies/companies.js';
import { writeSideState } from '../../storage/companies/company-sides.js';
import type { Transaction } from '../../storage/system/database.js';
import { change, recorded, type Precondition, type Requester } from '../change.js';
import { companyEntry } from './company-entry.js';
import { requireCompany, requireFittingCompany } from './require-company.js';

export type CompanyPatch = Patch<Omit<CompanyFields, 'sides'>> & {
  readonly [Side in CompanySide]?: Patch<SideFields> | undefined;
};

/**
 * Changes some fields of a company. A threshold that is edited is judged by the next run, and the balance mail time stays while
 * the balance is still low; a side that is turned off loses it.
 *
 * @throws DomainError `not_found`, `conflict` for the currency of a side that has entries, `already_exists`, `invalid`
 */
export function editCompany(
  requester: Requester,
  id: string,
  { patch, reason }: { readonly patch: CompanyPatch; readonly reason: string | null },
  precondition: Precondition<Company>,
): Promise<Company> {
  return change(requester, async (tx) => {
    const before = await requireCompany(tx, requester, id);
    precondition(before);
    const { their, our, mutual, ...own } = patch;
    const { their: t, our: o, mutual: m } = before.sides;
    const sides = {
      their: applyPatch(t, their ?? {}),
      our: applyPatch(o, our ?? {}),
      mutual: applyPatch(m, mutual ?? {}),
    };
    const fields = { ...applyPatch<Omit<CompanyFields, 'sides'>>(before, own), sides };
    requireCurrencies(before, fields);
    const { resellerId, source } = before;
    await requireFittingCompany(tx, fields, { withinId: requester.scope.resellerId, resellerId, source, before });
    await updateCompanyRow(tx, id, fields);
    await clearTurnedOff(tx, before, fields);
    const after = await requireCompany(tx, requester, id);
    return recorded(after, companyEntry('company.update', reason, before, after));
  });
}

function requireCurrencies(before: Company, after: CompanyFields): void {
  for (const side of ledgerSides) {
    const [field, entries] =
      side === 'their'
        ? (['theirCurrency', before.theirEntries] as const)
        : (['ourCurrency', before.ourEntries] as const);
    if (entries === 0 || before[field] === after[field]) continue;
    throw new DomainError(
      'conflict',
      `the ${side} balance has entries in ${before[field]}: its currency stays`,
      `/${field}`,
    );
  }
}

/** The next run that finds such a side low notifies. */
async function clearTurnedOff(tx: Transaction, before: Company, after: CompanyFields): Promise<void> {
  for (const side of companySides) {
    const { state } = before.sides[side];
    if (state === null || isWatched(after.sides[side]) || !isWatched(before.sides[side])) continue;
    await writeSideState(tx, before.id, side, { state: resetSide(state), reason: null, clearsMailTime: true });
  }
}
