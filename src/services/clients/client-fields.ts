import { DomainError } from '../../domain/errors.js';
import { formatMoney, moneyOf } from '../../domain/money.js';
import type { ClientFields, ClientRow } from '../../storage/clients/clients.js';
import type { ChangeEntry } from '../change.js';

/**
 * What can be changed of a client.
 *
 * @throws DomainError `client_deleted`: nothing can
 */
export function clientFieldsOf(row: ClientRow): ClientFields {
  const { status } = row;
  if (status === 'deleted') throw new DomainError('client_deleted', 'the client is deleted and takes no changes');
  return {
    name: row.name,
    resellerId: row.resellerId,
    managerId: row.managerId,
    profileId: row.profileId,
    currency: row.currency,
    balanceModel: row.balanceModel,
    creditLimit: formatMoney(moneyOf(row.creditLimit)),
    status,
    billingEmail: row.billingEmail,
    ownerEmail: row.ownerEmail,
    warningThresholds: row.warningThresholds,
    checkEveryMinutes: row.checkEveryMinutes,
    timezone: row.timezone,
    locale: row.locale,
    paymentTerms: row.paymentTerms,
    tags: row.tags,
    externalId: row.externalId,
  };
}

/** The audit row of a change of a client. */
export function clientEntry(
  action: string,
  clientId: string,
  { reason, before, after }: Pick<ChangeEntry, 'before' | 'after'> & { readonly reason: string | null },
): ChangeEntry {
  return { action, subjectType: 'client', subjectId: clientId, clientId, reason, before, after };
}
