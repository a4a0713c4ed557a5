import { serverNow } from '../../../api/transport';
import type { User } from '../../../api/types';

/** The state of the newest invitation; null: there is none that could still be accepted. */
export function invitationState(
  invitation: User['invitation'],
): 'invited' | 'invitationExpired' | 'invitationFailed' | null {
  if (invitation === null) return null;
  if (invitation.status === 'failed') return 'invitationFailed';
  const isOver = invitation.expiresAt !== null && Date.parse(invitation.expiresAt) <= serverNow();
  return isOver ? 'invitationExpired' : 'invited';
}
