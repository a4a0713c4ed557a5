import type { PanelLinkKind } from '../../domain/access/account-links.js';
import { clearLoginThrottle } from '../../storage/access/login-throttles.js';
import { readPanelPasswordHash, storePanelPassword } from '../../storage/panel/panel-logins.js';
import { enqueuePanelEmail, revokePanelLinks } from '../../storage/panel/panel-links.js';
import { endPanelSessions } from '../../storage/panel/panel-sessions.js';
import type { Transaction } from '../../storage/system/database.js';
import type { ChangeEntry } from '../change.js';
import { panelEntry, type PanelClient } from './panel-entry.js';
import { panelAccount } from './panel-account.js';

export interface PanelPasswordOwner extends PanelClient {
  readonly login: string;
  readonly billingEmail: string | null;
}

interface PanelPasswordWrite {
  readonly passwordHash: string;
  /** the session that stays: the one in which it is changed */
  readonly keepSession?: string;
  /** the link that was used for it */
  readonly link?: PanelLinkKind;
  readonly reason: string | null;
  /** ms since 1970 */
  readonly at: number;
}

/**
 * Part of the services that set the password of a client panel: ends its sessions and links, opens a login again that wrong
 * passwords closed, and emails the billing address where there was a password before.
 */
export async function writePanelPassword(
  tx: Transaction,
  owner: PanelPasswordOwner,
  { passwordHash, keepSession, link, reason, at }: PanelPasswordWrite,
): Promise<ChangeEntry> {
  const { clientId, login, billingEmail } = owner;
  const hadPassword = (await readPanelPasswordHash(tx, clientId)) !== null;
  await storePanelPassword(tx, clientId, passwordHash, new Date(at));
  const sessionsEnded = await endPanelSessions(tx, clientId, keepSession ?? null);
  await revokePanelLinks(tx, clientId, ['panel_invitation', 'panel_password_reset']);
  await clearLoginThrottle(tx, panelAccount(login));
  if (hadPassword && billingEmail !== null) {
    await enqueuePanelEmail(tx, { clientId, kind: 'panel_password_changed', recipient: billingEmail, at });
  }
  const after = { password: 'new', sessionsEnded, ...(link && { link }) };
  return panelEntry('panel.set_password', owner, { after, reason });
}
