import type { SessionLimits } from '../../storage/access/sessions.js';
import { recordPanelLogin } from '../../storage/panel/panel-logins.js';
import { createPanelSession, endPanelSessionOf } from '../../storage/panel/panel-sessions.js';
import { change, recorded, type Requester } from '../change.js';
import { panelEntry, type PanelClient } from './panel-entry.js';

interface NewPanelSession {
  readonly address: string;
  readonly agent: string | null;
  /** of the cookie that came along, whose session ends; null: none came */
  readonly panelToken: string | null;
}

/**
 * Logs in to a client panel, after the password was right. The token is new at every login, so that none can be planted
 * beforehand.
 *
 * @returns the token, whose only copy it is
 */
export function beginPanelSession(
  requester: Requester,
  client: PanelClient,
  { address, agent, panelToken }: NewPanelSession,
  limits: SessionLimits,
): Promise<string> {
  return change(requester, async (tx) => {
    if (panelToken !== null) await endPanelSessionOf(tx, panelToken);
    const token = await createPanelSession(tx, client.clientId, { address, agent }, limits, requester.now);
    await recordPanelLogin(tx, client.clientId, new Date(requester.now));
    return recorded(token, panelEntry('panel.login', client, { after: { address } }));
  });
}
