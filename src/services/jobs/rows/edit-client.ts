import type { ClientFields } from '../../../domain/clients/client-fields.js';
import { DomainError } from '../../../domain/errors.js';
import type { Patch } from '../../../domain/patch.js';
import { findManager } from '../../../storage/clients/client-writes.js';
import { lockClient } from '../../../storage/clients/clients.js';
import { paymentTermsTable } from '../../../storage/invoicing/payment-terms.js';
import { findShared } from '../../../storage/resellers/shared-records.js';
import type { Transaction } from '../../../storage/system/database.js';
import type { Requester } from '../../change.js';
import { clientFieldsOf } from '../../clients/client-fields.js';
import { updateClient } from '../../clients/update-client.js';
import type { RowResult, RowService } from '../row-service.js';

/** Rows that change one field of a client. */

interface Edited {
  readonly requester: Requester;
  readonly clientId: string;
  readonly reason: string | null;
}

/** @param patchOf null: the client is as it should be */
export async function editClient(
  tx: Transaction,
  { requester, clientId, reason }: Edited,
  patchOf: (before: ClientFields) => Patch<ClientFields> | null,
): Promise<RowResult> {
  const row = await lockClient(tx, requester.scope.resellerId, clientId, requester.now);
  if (!row) throw new DomainError('not_found', `there is no client ${clientId}`);
  const patch = patchOf(clientFieldsOf(row));
  if (!patch) return 'unchanged';
  await updateClient(requester, clientId, { patch, reason }, () => undefined);
  return 'done';
}

export const setStatusRow: RowService<'set_status'> = {
  inTransaction: (tx, request) =>
    editClient(tx, request, ({ status }) =>
      status === request.parameters.status ? null : { status: request.parameters.status },
    ),
};

export const setManagerRow: RowService<'set_manager'> = {
  inTransaction: (tx, request) =>
    editClient(tx, request, ({ managerId }) =>
      managerId === request.parameters.managerId ? null : { managerId: request.parameters.managerId },
    ),
  async requireParameters({ scope }, { managerId }) {
    if (managerId === null) return;
    const found = await scope.read((q) => findManager(q, scope.resellerId, managerId));
    if (found?.kind === 'manager') return;
    throw new DomainError('not_found', `there is no manager ${managerId}`, '/parameters/managerId');
  },
};

export const setPaymentTermsRow: RowService<'set_payment_terms'> = {
  inTransaction: (tx, request) =>
    editClient(tx, request, ({ paymentTermsId }) =>
      paymentTermsId === request.parameters.paymentTermsId
        ? null
        : { paymentTermsId: request.parameters.paymentTermsId },
    ),
  async requireParameters({ scope }, { paymentTermsId }) {
    if (paymentTermsId === null) return;
    const found = await scope.read((q) => findShared(q, paymentTermsTable, scope.resellerId, paymentTermsId));
    if (found) return;
    throw new DomainError(
      'not_found',
      `there is no set of payment terms ${paymentTermsId}`,
      '/parameters/paymentTermsId',
    );
  },
};
