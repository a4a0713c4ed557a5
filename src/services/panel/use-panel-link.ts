import { DomainError } from '../../domain/errors.js';
import { markLinkUsed } from '../../storage/access/account-links.js';
import { hashPassword } from '../../storage/access/passwords.js';
import { lockPanelLink, type PanelLink } from '../../storage/panel/panel-links.js';
import { passwordError } from '../access/password-error.js';
import { change, recorded, type Requester } from '../change.js';
import { writePanelPassword } from './write-panel-password.js';

interface PanelLinkUse {
  readonly token: string;
  readonly password: string;
  /** throws where the link works no more; asked again with the locked row, for two may use it at once */
  readonly requireUsable: (link: PanelLink | null) => PanelLink;
}

/**
 * Sets the password of the client panel by a link. Its sessions end, and so do its other links that set one.
 *
 * @throws DomainError `invalid` for a password that is easy to guess; the link then still works
 */
export async function usePanelLink(
  requester: Requester,
  { clientName: name, login: email }: Pick<PanelLink, 'clientName' | 'login'>,
  { token, password, requireUsable }: PanelLinkUse,
): Promise<void> {
  const fault = await passwordError(password, { name, email });
  if (fault !== null) throw new DomainError('invalid', fault, '/password');
  const passwordHash = await hashPassword(password);
  await change(requester, async (tx) => {
    const { id, clientId, resellerId, login, recipient, kind } = requireUsable(await lockPanelLink(tx, token));
    await markLinkUsed(tx, id, new Date(requester.now));
    const owner = { clientId, resellerId, login, billingEmail: recipient };
    const write = { passwordHash, reason: null, at: requester.now, link: kind };
    return recorded(undefined, await writePanelPassword(tx, owner, write));
  });
}
