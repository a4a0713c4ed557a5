import type { DeliverResult } from '../../contract/deliveries.js';
import {
  rateNotificationKey,
  type AdvanceRateNotificationInput,
  type AdvanceRateNotificationResult,
  type SendRateNotificationInput,
} from '../../contract/rate-notifications.js';
import { noteRateEmail } from '../../storage/events/failed-rates.js';
import { endRateNotification } from '../../storage/rates/notifications/rate-notifications.js';
import { abandonPending } from '../../storage/notifications/deliveries.js';
import { findNotification } from '../../storage/notifications/notifications.js';
import type { ActivityDeps } from '../deps.js';
import { withFailures } from '../failures.js';
import { deliverOnce } from '../notifications/deliver.js';
import { abandonReasons, countAbandoned } from '../notifications/send-deliveries.js';
import { advanceRateNotification } from './compose-rates.js';

/** The steps of rate notifications. The database knows what was done: made again, a step writes and sends nothing a second time. */
export function rateNotificationActivities(deps: ActivityDeps) {
  const { sql } = deps;
  return {
    /** Makes the files of one that is due, and keeps them with its email. */
    advanceRateNotification: (input: AdvanceRateNotificationInput): Promise<AdvanceRateNotificationResult> =>
      withFailures('advanceRateNotification', () => advanceRateNotification(deps, input)),

    /** Sends the email that was kept. */
    deliverRateNotification: (input: SendRateNotificationInput): Promise<DeliverResult> =>
      withFailures('deliverRateNotification', () =>
        deliverOnce(deps, rateNotificationKey(input), 0, () => Promise.resolve(null)),
      ),

    /** Ends what is pending of the email, which is not sent again unless a person resends it. */
    closeRateNotification: (input: SendRateNotificationInput): Promise<void> =>
      withFailures('closeRateNotification', async () => {
        const known = await findNotification(sql, rateNotificationKey(input));
        if (known) {
          const abandoned = await abandonPending(sql, { notificationId: known.id }, abandonReasons.time_over);
          countAbandoned(deps, abandoned, 'time_over');
        }
        await noteRateEmail(sql, { rateNotificationId: input.rateNotificationId }, new Date());
        await endRateNotification(sql, input.rateNotificationId);
      }),
  };
}
