import { requireLowBalance } from '../../domain/clients/low-balance.js';
import { DomainError } from '../../domain/errors.js';
import { moneyOf } from '../../domain/money.js';
import { parseWarningThresholds } from '../../domain/monitoring/rules.js';
import { applyPatch, type Patch } from '../../domain/patch.js';
import { enqueueSignal } from '../../storage/monitoring/outbox.js';
import {
  lockPanelProfile,
  updatePanelThresholds,
  type PanelProfileRow,
  type PanelThresholds,
} from '../../storage/panel/panel-profile.js';
import { readInstallationSettings } from '../../storage/system/installation-settings.js';
import { change, recorded, type Precondition, type Requester } from '../change.js';
import { panelEntry, type PanelClient } from './panel-entry.js';

/**
 * Changes when the client is notified of a low balance, where the installation lets clients do so. A threshold that also
 * notifies staff or lowers the capacity is not the client's alone and stays as it is.
 *
 * @throws DomainError `panel_not_allowed` where clients may not; `conflict` for a threshold that staff use as well;
 * `invalid`
 */
export function changeThresholds(
  requester: Requester,
  client: PanelClient,
  patch: Patch<PanelThresholds>,
  precondition: Precondition<PanelProfileRow>,
): Promise<void> {
  const { clientId } = client;
  return change(requester, async (tx) => {
    const { panelChangesThresholds } = await readInstallationSettings(tx);
    if (!panelChangesThresholds) {
      throw new DomainError('panel_not_allowed', 'ask your provider to change when you are notified');
    }
    const row = await lockPanelProfile(tx, clientId);
    if (!row) throw new DomainError('not_found', 'the client is gone');
    precondition(row);
    const before = thresholdsOf(row);
    const wanted = applyPatch(before, patch);
    requireOwnThreshold(row, wanted);
    requireLowBalance({ ...row, ...wanted }, null);
    const warningThresholds = parseWarningThresholds(wanted.warningThresholds, row, '/warningThresholds');
    const after = { ...wanted, warningThresholds };
    await updatePanelThresholds(tx, clientId, after);
    await enqueueSignal(tx, clientId, 'configurationChanged');
    return recorded(
      undefined,
      panelEntry('panel.change_thresholds', client, { before: { ...before }, after: { ...after } }),
    );
  });
}

/** Whether the client's own threshold does nothing but notify the client. */
export function isOwnThreshold({ notifyAdmin, lowBalanceCapacity }: PanelProfileRow): boolean {
  return !notifyAdmin && lowBalanceCapacity === null;
}

function requireOwnThreshold(row: PanelProfileRow, { lowBalanceThreshold: wanted }: PanelThresholds): void {
  if (isOwnThreshold(row) || isSame(row.lowBalanceThreshold, wanted)) return;
  throw new DomainError(
    'conflict',
    'your provider uses this threshold as well: ask your provider to change it',
    '/lowBalanceThreshold',
  );
}

function isSame(a: string | null, b: string | null): boolean {
  return a === null || b === null ? a === b : moneyOf(a) === moneyOf(b);
}

function thresholdsOf({ warningThresholds, notifyClient, lowBalanceThreshold }: PanelProfileRow): PanelThresholds {
  return { warningThresholds, notifyClient, lowBalanceThreshold };
}
