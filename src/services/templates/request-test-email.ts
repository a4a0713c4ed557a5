import { insertTestEmail, type NewTestEmail } from '../../storage/templates/test-emails.js';
import { change, unrecorded, type Requester } from '../change.js';

/** Queues a rendered test of a template for the user who asks. Nothing else is changed: it needs no audit row. */
export function requestTestEmail(requester: Requester, email: NewTestEmail): Promise<void> {
  return change(requester, async (tx) => {
    await insertTestEmail(tx, email);
    return unrecorded(undefined);
  });
}
