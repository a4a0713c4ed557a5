import type { RateNotificationControl } from '../../contract/rate-notifications.js';
import type { Logger } from '../../observability/logger.js';
import {
  claimRateNotifications,
  rateNotificationChannel,
  releaseRateNotification,
} from '../../storage/rates/notifications/rate-notification-queue.js';
import type { Sql } from '../../storage/system/database.js';
import type { QueueLoop } from '../queue-loop.js';
import { startWorkflowStarter } from '../workflow-starter.js';

interface StarterParts {
  readonly sql: Sql;
  readonly actions: RateNotificationControl;
  readonly logger: Logger;
}

/** Starts the workflows of rate notifications. */
export function startRateNotificationStarter({ sql, actions, logger }: StarterParts): Promise<QueueLoop> {
  return startWorkflowStarter({
    ...{ sql, logger, channel: rateNotificationChannel, what: 'rate notifications' },
    ...{ claim: claimRateNotifications, release: releaseRateNotification },
    wake: (id) => actions.wakeRateNotification(id),
  });
}
