import { deletePanelSession } from '../../storage/panel/panel-sessions.js';
import { change, recorded, type Requester } from '../change.js';
import { panelEntry, type PanelClient } from './panel-entry.js';

/** Ends the session in which the panel user asks. It is no fault where that has just ended elsewhere. */
export function logOutOfPanel(
  requester: Requester,
  client: PanelClient,
  sessionId: string,
  address: string,
): Promise<void> {
  return change(requester, async (tx) => {
    await deletePanelSession(tx, client.clientId, sessionId);
    return recorded(undefined, panelEntry('panel.logout', client, { after: { address } }));
  });
}
