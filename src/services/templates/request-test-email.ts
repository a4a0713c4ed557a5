import { hourMs } from '../../domain/durations.js';
import {
  insertTestEmail,
  isTestRequested,
  lockTestEmails,
  readRecentTests,
  type NewTestEmail,
} from '../../storage/templates/test-emails.js';
import { change, unchanged, unrecorded, type Requester } from '../change.js';

/** So many tests of one user are sent within an hour. */
export const maxTestEmails = 20;

/**
 * Queues a rendered test of a template for the user who asks, once for each request. Nothing else is changed: it needs no audit row.
 *
 * @returns null, or in how many ms the user may ask again: nothing is queued then
 */
export function requestTestEmail(
  requester: Requester,
  email: Omit<NewTestEmail, 'requestedAt'>,
): Promise<number | null> {
  return change<number | null>(requester, async (tx) => {
    await lockTestEmails(tx, email.userId);
    if (await isTestRequested(tx, email.requestId)) return unchanged(null);
    const recent = await readRecentTests(tx, email.userId, new Date(requester.now - hourMs), maxTestEmails);
    const oldest = recent[maxTestEmails - 1];
    if (oldest) return unchanged(oldest.getTime() + hourMs - requester.now);
    await insertTestEmail(tx, { ...email, requestedAt: new Date(requester.now) });
    return unrecorded(null);
  });
}
