import { minuteMs } from '../../../domain/durations.js';
import { webhookMessage } from '../../../domain/events/webhook-message.js';
import type { Logger } from '../../../observability/logger.js';
import type { Metrics } from '../../../observability/metrics.js';
import { signingSecrets } from '../../../services/events/webhooks/endpoint-secret.js';
import type { SecretCipher } from '../../../storage/access/secret-encryption.js';
import {
  claimDeliveries,
  recordAttempt,
  type AttemptOutcome,
  type ClaimedDelivery,
} from '../../../storage/events/webhooks/delivery-queue.js';
import { webhookChannel } from '../../../storage/events/webhooks/requeue.js';
import type { Sql } from '../../../storage/system/database.js';
import type { GuardOptions } from '../../../webhooks/address-guard.js';
import { postWebhook, type WebhookResponse } from '../../../webhooks/post.js';
import { startQueueLoop, type QueueLoop } from '../../queue-loop.js';

/** What sending webhooks needs of the world. */
export interface WebhookSenderParts {
  readonly sql: Sql;
  readonly logger: Logger;
  readonly metrics?: Metrics;
  /** opens the secrets of endpoints */
  readonly cipher: SecretCipher;
  readonly guard: GuardOptions;
  /** of the package */
  readonly version: string;
  /** default 15 s */
  readonly timeoutMs?: number;
  /** a claim ends after it; default a minute */
  readonly leaseMs?: number;
  /** between two states of one client to one endpoint; default 10 s */
  readonly stateSpacingMs?: number;
}

const usualTimeoutMs = 15_000;
const usualStateSpacingMs = 10_000;
const inFlight = 40;
const perEndpoint = 8;
const pollMs = 1000;

/**
 * Sends the deliveries of endpoints for as long as it runs. Any number may run at once. Queued deliveries start it at
 * once; retries, and what another worker left, within a second of their time.
 */
export async function startWebhookSender(parts: WebhookSenderParts): Promise<QueueLoop> {
  const { sql, logger, leaseMs = minuteMs, stateSpacingMs = usualStateSpacingMs } = parts;
  const running = new Set<Promise<void>>();
  const loop = await startQueueLoop({
    ...{ sql, logger, channel: webhookChannel, pollMs },
    failure: 'webhook deliveries not read, retrying',
    async work(wake) {
      const free = inFlight - running.size;
      const limits = { total: free, perEndpoint, leaseMs, stateSpacingMs };
      const claimed = free > 0 ? await claimDeliveries(sql, limits) : [];
      for (const delivery of claimed) start(delivery, wake);
      return claimed.length;
    },
  });

  /** The end of a delivery may free its subject's next one. */
  function start(delivery: ClaimedDelivery, wake: () => void): void {
    const sending = sendDelivery(parts, delivery)
      .catch((error: unknown) => {
        // Its claim ends, and it is sent again.
        logger.error({ err: error, webhookDelivery: delivery.id }, 'webhook attempt not recorded, retrying');
      })
      .finally(() => {
        running.delete(sending);
        wake();
      });
    running.add(sending);
  }

  return {
    async stop() {
      await loop.stop();
      await Promise.all(running);
    },
  };
}

/** One attempt: the request, then its outcome. */
async function sendDelivery(parts: WebhookSenderParts, delivery: ClaimedDelivery): Promise<void> {
  const { sql, logger, metrics } = parts;
  const startedAt = performance.now();
  const response = await attempt(parts, delivery);
  const outcome: AttemptOutcome = {
    accepted: response.error === null,
    gone: response.status === 410,
    durationMs: Math.round(performance.now() - startedAt),
    responseStatus: response.status,
    responseBody: response.body,
    error: response.error,
  };
  const recorded = await recordAttempt(sql, delivery, outcome);
  if (recorded) metrics?.webhookAttempts.labels(recorded).inc();
  if (!outcome.accepted) {
    const { id, endpointId, attempt: number } = delivery;
    logger.warn({ webhookDelivery: id, endpointId, attempt: number, error: outcome.error }, 'webhook not accepted');
  }
}

async function attempt(parts: WebhookSenderParts, delivery: ClaimedDelivery): Promise<WebhookResponse> {
  const { cipher, guard, version, timeoutMs = usualTimeoutMs } = parts;
  const sentAt = new Date();
  let secrets: readonly string[];
  try {
    secrets = signingSecrets(cipher, delivery, sentAt.getTime());
  } catch {
    return { status: null, body: null, error: 'the secret was encrypted with another SECRET_KEY: rotate it' };
  }
  const { url, messageId } = delivery;
  const body = JSON.stringify(webhookMessage(delivery));
  const options = { ...guard, timeoutMs, userAgent: `Lowwater/${version}` };
  return postWebhook({ url, messageId, body, secrets, sentAt }, options);
}
