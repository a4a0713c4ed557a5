import { findPanelLogin } from '../../storage/panel/panel-logins.js';
import { enqueuePanelEmail, wasRequestedJustNow } from '../../storage/panel/panel-links.js';
import { change, recorded, type Requester } from '../change.js';
import { panelEntry } from './panel-entry.js';

/**
 * Emails the billing address of the client with this login a link for a new password, unless one was requested within the
 * last minute. The caller does not learn whether there is such a client.
 */
export function requestPanelReset(requester: Requester, login: string, address: string): Promise<void> {
  const at = new Date(requester.now);
  return change(requester, async (tx) => {
    const found = await findPanelLogin(tx, login);
    const client = found?.isOpen === true ? found : null;
    if (client && client.billingEmail !== null) {
      const { clientId, billingEmail: recipient } = client;
      if (!(await wasRequestedJustNow(tx, clientId, 'panel_password_reset', at))) {
        await enqueuePanelEmail(tx, { clientId, kind: 'panel_password_reset', recipient, at: requester.now });
      }
    }
    return recorded(undefined, panelEntry('panel.password_forgotten', client, { after: { address } }));
  });
}
