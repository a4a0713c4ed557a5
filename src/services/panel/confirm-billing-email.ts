import { DomainError } from '../../domain/errors.js';
import { markLinkUsed } from '../../storage/access/account-links.js';
import {
  confirmEmailChange,
  endEmailChange,
  findPendingEmailChange,
  setBillingEmail,
} from '../../storage/panel/billing-email-changes.js';
import { lockPanelLink, type PanelLink } from '../../storage/panel/panel-links.js';
import { enqueueSignal } from '../../storage/monitoring/outbox.js';
import { change, recorded, type Requester } from '../change.js';
import { panelEntry } from './panel-entry.js';

interface Confirmation {
  readonly token: string;
  /** throws where the link works no more */
  readonly requireUsable: (link: PanelLink | null) => PanelLink;
}

export interface ConfirmedEmail {
  /** both addresses have confirmed, and the new one counts */
  readonly applied: boolean;
  /** of the two, the one that has not confirmed yet; null: both have */
  readonly waitingFor: 'old' | 'new' | null;
}

/**
 * Confirms a new billing email by the link that was sent to one of the two addresses. It counts once both have confirmed.
 *
 * @throws DomainError `conflict` where another change took its place
 */
export function confirmBillingEmail(
  requester: Requester,
  { token, requireUsable }: Confirmation,
): Promise<ConfirmedEmail> {
  const at = new Date(requester.now);
  return change(requester, async (tx) => {
    const link = requireUsable(await lockPanelLink(tx, token));
    const { clientId, recipient } = link;
    await markLinkUsed(tx, link.id, at);
    const pending = await findPendingEmailChange(tx, clientId);
    if (!pending || pending.id !== link.emailChangeId) {
      throw new DomainError('conflict', 'this change was withdrawn or replaced by a newer one');
    }
    await confirmEmailChange(tx, pending.id, recipient, at);
    const after = await findPendingEmailChange(tx, clientId);
    const isOldConfirmed = pending.oldEmail === null || after?.oldConfirmedAt !== null;
    const isNewConfirmed = after?.newConfirmedAt !== null;
    const applied = isOldConfirmed && isNewConfirmed;
    if (applied) {
      // Ended first: while it is pending, the addresses of the client are those before it.
      await endEmailChange(tx, pending.id, 'applied', at);
      await setBillingEmail(tx, clientId, pending.newEmail);
      await enqueueSignal(tx, clientId, 'configurationChanged');
    }
    const entry = panelEntry('panel.confirm_billing_email', link, {
      before: { billingEmail: pending.oldEmail },
      after: { billingEmail: applied ? pending.newEmail : pending.oldEmail, confirmedBy: recipient },
    });
    return recorded({ applied, waitingFor: isOldConfirmed ? (isNewConfirmed ? null : 'new') : 'old' } as const, entry);
  });
}
