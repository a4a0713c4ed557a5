import { DomainError } from '../../domain/errors.js';
import {
  endEmailChange,
  findPendingEmailChange,
  insertEmailChange,
} from '../../storage/panel/billing-email-changes.js';
import { enqueuePanelEmail, revokePanelLinks } from '../../storage/panel/panel-links.js';
import { lockPanelProfile } from '../../storage/panel/panel-profile.js';
import type { Transaction } from '../../storage/system/database.js';
import { change, recorded, unchanged, type Requester } from '../change.js';
import { panelEntry, type PanelClient } from './panel-entry.js';

/**
 * Asks for another billing email: both the old and the new address get a link that confirms it. A change that waits for its
 * confirmations is replaced.
 *
 * @throws DomainError `invalid` for the address that is in use
 */
export function requestBillingEmail(requester: Requester, client: PanelClient, newEmail: string): Promise<void> {
  const { clientId } = client;
  const { now: at } = requester;
  return change(requester, async (tx) => {
    const row = await lockPanelProfile(tx, clientId);
    if (!row) throw new DomainError('not_found', 'the client is gone');
    const oldEmail = row.billingEmail;
    if (oldEmail?.toLowerCase() === newEmail.toLowerCase()) {
      throw new DomainError('invalid', 'must differ from the current billing email', '/billingEmail');
    }
    await endPending(tx, clientId, at);
    const emailChangeId = await insertEmailChange(tx, { clientId, oldEmail, newEmail }, new Date(at));
    const recipients = oldEmail === null ? [newEmail] : [oldEmail, newEmail];
    for (const recipient of recipients) {
      await enqueuePanelEmail(tx, { clientId, kind: 'panel_email_confirmation', recipient, emailChangeId, at });
    }
    const entry = { before: { billingEmail: oldEmail }, after: { billingEmail: newEmail } };
    return recorded(undefined, panelEntry('panel.request_billing_email', client, entry));
  });
}

/** Withdraws the change of the billing email that waits for its confirmations; nothing happens where there is none. */
export function withdrawBillingEmail(requester: Requester, client: PanelClient): Promise<void> {
  return change(requester, async (tx) => {
    const withdrawn = await endPending(tx, client.clientId, requester.now);
    if (withdrawn === null) return unchanged(undefined);
    const entry = { before: { billingEmail: withdrawn }, after: null };
    return recorded(undefined, panelEntry('panel.withdraw_billing_email', client, entry));
  });
}

/** @returns the address that was to become the billing email; null: none was */
async function endPending(tx: Transaction, clientId: string, at: number): Promise<string | null> {
  const pending = await findPendingEmailChange(tx, clientId);
  if (!pending) return null;
  await revokePanelLinks(tx, clientId, ['panel_email_confirmation']);
  await endEmailChange(tx, pending.id, 'cancelled', new Date(at));
  return pending.newEmail;
}
