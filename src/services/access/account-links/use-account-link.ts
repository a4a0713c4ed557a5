import { DomainError } from '../../../domain/errors.js';
import { lockAccountLink, markLinkUsed, type AccountLink } from '../../../storage/access/account-links.js';
import { hashPassword } from '../../../storage/access/passwords.js';
import { change, recorded, type Requester } from '../../change.js';
import { passwordError } from '../password-error.js';
import { writePassword } from '../write-password.js';

interface LinkUse {
  readonly token: string;
  readonly password: string;
  /** throws where the link works no more; asked again with the locked row, for two may use it at once */
  readonly requireUsable: (link: AccountLink | null) => AccountLink;
}

/**
 * Sets the password of the user that the link was sent to. The user's sessions end, and so do all other links.
 *
 * @throws DomainError `invalid` for a password that is easy to guess; the link then still works
 */
export async function useAccountLink(
  requester: Requester,
  { email, name }: Pick<AccountLink, 'email' | 'name'>,
  { token, password, requireUsable }: LinkUse,
): Promise<void> {
  const fault = await passwordError(password, { email, name });
  if (fault !== null) throw new DomainError('invalid', fault, '/password');
  const passwordHash = await hashPassword(password);
  await change(requester, async (tx) => {
    const link = requireUsable(await lockAccountLink(tx, token));
    await markLinkUsed(tx, link.id, new Date(requester.now));
    const account = { id: link.userId, email: link.email, resellerId: link.resellerId };
    const entry = await writePassword(tx, account, {
      passwordHash,
      reason: null,
      at: requester.now,
      link: link.kind,
    });
    return recorded(undefined, entry);
  });
}
