import { DomainError } from '../../../domain/errors.js';
import { applyPatch, type Patch } from '../../../domain/patch.js';
import { settledAgreement, type AgreementFields } from '../../../domain/rates/agreements/agreement.js';
import { agreementTable, type AgreementRow } from '../../../storage/rates/agreements/agreements.js';
import type { Precondition, Requester } from '../../change.js';
import { changeShared, createShared, type SharedKind } from '../../shared-record.js';

export const agreementKind: SharedKind<AgreementFields, AgreementRow> = {
  stored: agreementTable,
  subjectType: 'agreement',
  noun: 'agreement',
  requireUnused({ rateTables }) {
    if (rateTables === 0) return;
    const some = rateTables === 1 ? '1 rate table uses' : `${rateTables} rate tables use`;
    throw new DomainError('in_use', `${some} this agreement: choose another one there first`, '/path/id');
  },
};

/** @throws DomainError `invalid` for days that do not fit the mode, and as `createShared` */
export async function createAgreement(
  requester: Requester,
  fields: AgreementFields,
  reason: string | null,
): Promise<AgreementRow> {
  return createShared(requester, agreementKind, settledAgreement(fields), reason);
}

/** @throws DomainError `invalid`, and as `changeShared` */
export function updateAgreement(
  requester: Requester,
  id: string,
  { patch, reason }: { readonly patch: Patch<AgreementFields>; readonly reason: string | null },
  precondition: Precondition<AgreementRow>,
): Promise<AgreementRow> {
  const fieldsFor = (before: AgreementRow): AgreementFields =>
    settledAgreement(applyPatch<AgreementFields>(before, patch));
  return changeShared(requester, agreementKind, id, { fieldsFor, reason }, precondition);
}
