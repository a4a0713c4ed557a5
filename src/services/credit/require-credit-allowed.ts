import { DomainError } from '../../domain/errors.js';
import type { CreditClient } from '../../storage/credit/temporary-credit-rows.js';
import type { Queries } from '../../storage/system/database.js';
import { readInstallationSettings } from '../../storage/system/installation-settings.js';

/**
 * Refuses temporary credit for a client that can't have any.
 *
 * @throws DomainError `client_deleted`, `client_unlimited`, `client_prepaid` (a setting of the installation)
 */
export async function requireCreditAllowed(
  q: Queries,
  client: Pick<CreditClient, 'status' | 'balanceModel'>,
): Promise<void> {
  if (client.status === 'deleted') throw new DomainError('client_deleted', 'the client is deleted', '/path/id');
  if (client.balanceModel === 'unlimited') {
    throw new DomainError('client_unlimited', 'the client has unlimited credit, which can’t be increased', '/path/id');
  }
  if (client.balanceModel !== 'prepaid') return;
  const { temporaryCredit } = await readInstallationSettings(q);
  if (temporaryCredit === 'finite') return;
  throw new DomainError(
    'client_prepaid',
    'the client is prepaid, and temporary credit is for postpaid clients only: change its balance model, or the setting temporaryCredit',
    '/path/id',
  );
}
