import { DomainError } from '../../domain/errors.js';
import { enqueuePanelEmail, revokePanelLinks } from '../../storage/panel/panel-links.js';
import { change, recorded, type Requester } from '../change.js';
import { panelEntry } from './panel-entry.js';
import { lockPanelOwner } from './panel-owner.js';

/**
 * Emails the billing address of a client a link that sets the password of its panel. The link of an earlier invitation
 * works no more.
 *
 * @returns the address
 * @throws DomainError `not_found`, `client_deleted`, `conflict` while the panel is off or without a billing email
 */
export function inviteToPanel(requester: Requester, id: string, reason: string | null): Promise<string> {
  const { now: at } = requester;
  return change(requester, async (tx) => {
    const owner = await lockPanelOwner(tx, requester, id, () => undefined);
    const { clientId, billingEmail: recipient } = owner;
    if (recipient === null) {
      throw new DomainError(
        'conflict',
        'the client has no billing email: set one, or set the password here',
        '/path/id',
      );
    }
    await revokePanelLinks(tx, clientId, ['panel_invitation']);
    await enqueuePanelEmail(tx, { clientId, kind: 'panel_invitation', recipient, at });
    return recorded(recipient, panelEntry('panel.invite', owner, { after: { email: recipient }, reason }));
  });
}
