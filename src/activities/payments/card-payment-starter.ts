import type { CardPaymentControl } from '../../contract/card-payments.js';
import type { Logger } from '../../observability/logger.js';
import {
  cardPaymentChannel,
  claimCardPayments,
  releaseCardPayment,
} from '../../storage/payments/card-payment-queue.js';
import type { Sql } from '../../storage/system/database.js';
import type { QueueLoop } from '../queue-loop.js';
import { startWorkflowStarter } from '../workflow-starter.js';

interface StarterParts {
  readonly sql: Sql;
  readonly actions: CardPaymentControl;
  readonly logger: Logger;
}

/** Starts the workflows of card payments that were decided. */
export function startCardPaymentStarter({ sql, actions, logger }: StarterParts): Promise<QueueLoop> {
  return startWorkflowStarter({
    ...{ sql, logger, channel: cardPaymentChannel, what: 'card payments' },
    ...{ claim: claimCardPayments, release: releaseCardPayment },
    wake: (id) => actions.wakeCardPayment(id),
  });
}
