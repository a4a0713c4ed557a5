import type { CompanySide } from '../../domain/companies/company-balances.js';
import type { Company } from '../../domain/companies/company.js';
import { resetSide } from '../../domain/companies/threshold-control.js';
import { writeSideState } from '../../storage/companies/company-sides.js';
import { change, recorded, unchanged, type Requester } from '../change.js';
import { requireCompany } from './require-company.js';

/**
 * Clears the balance mail time of a side: the next run that finds it low notifies again. An email that still waits to be sent is
 * canceled.
 *
 * @throws DomainError `not_found`
 */
export function resetCompanySide(
  requester: Requester,
  id: string,
  side: CompanySide,
  reason: string,
): Promise<Company> {
  return change(requester, async (tx) => {
    const before = await requireCompany(tx, requester, id);
    const { state, mailTime } = before.sides[side];
    if (state === null) return unchanged(before);
    await writeSideState(tx, id, side, { state: resetSide(state), reason: null, clearsMailTime: true });
    const after = await requireCompany(tx, requester, id);
    return recorded(after, {
      action: 'company.reset',
      subjectType: 'company',
      subjectId: id,
      resellerId: before.resellerId,
      reason,
      before: { side, mailTime: mailTime?.toISOString() ?? null, notifications: state.count },
      after: { side, mailTime: null, notifications: 0 },
    });
  });
}
