import { randomBytes } from 'node:crypto';
import { startWebhookSender, type WebhookSenderParts } from '../../../src/activities/events/webhooks/webhook-sender.js';
import type { EventKind } from '../../../src/domain/events/events.js';
import { nullLogger } from '../../../src/observability/logger.js';
import { createMetrics, type Metrics } from '../../../src/observability/metrics.js';
import { createSecretCipher, type SecretCipher } from '../../../src/storage/access/secret-encryption.js';
import type { Sql } from '../../../src/storage/system/database.js';

export const secret = `whsec_${randomBytes(32).toString('base64')}`;

/** What a sender needs in tests: its receiver is on this machine. */
export function senderParts(
  sql: Sql,
): WebhookSenderParts & { readonly metrics: Metrics; readonly cipher: SecretCipher } {
  return {
    sql,
    logger: nullLogger,
    metrics: createMetrics({ process: false }),
    cipher: createSecretCipher(randomBytes(32).toString('base64')),
    guard: { allowLoopback: true },
    version: 'test',
  };
}

interface EndpointWish {
  readonly url: string;
  readonly resellerId?: string;
  readonly kinds?: readonly EventKind[] | null;
  readonly name?: string;
}

/** Inserts an endpoint whose secret is `secret`; returns its id. */
export async function insertEndpoint(sql: Sql, cipher: SecretCipher, wish: EndpointWish): Promise<string> {
  const { url, resellerId = '1', kinds = null, name = 'Switch' } = wish;
  const [row] = await sql<{ id: string }[]>`
    insert into webhook_endpoints (reseller_id, name, url, kinds, secrets, secret_place)
    values (${resellerId}, ${name}, ${url}, ${kinds && [...kinds]}, array[${cipher.encrypt(secret, `test:${name}`)}::bytea],
      ${`test:${name}`})
    returning id`;
  return row?.id ?? '';
}

/** Runs a sender until the condition holds. */
export async function sendUntil(parts: WebhookSenderParts, condition: () => Promise<boolean>): Promise<void> {
  const sender = await startWebhookSender(parts);
  try {
    await eventually(condition);
  } finally {
    await sender.stop();
  }
}

export async function eventually(condition: () => Promise<boolean>): Promise<void> {
  while (!(await condition())) await new Promise((resolve) => setTimeout(resolve, 20));
}
