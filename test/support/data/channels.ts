import { randomBytes } from 'node:crypto';
import type { ChannelAccess } from '../../../src/activities/notifications/channel-attempt.js';
import type { ChannelFormat } from '../../../src/domain/notifications/channels.js';
import { sealChannel } from '../../../src/services/notifications/channels/channel-secrets.js';
import { createSecretCipher } from '../../../src/storage/access/secret-encryption.js';
import type { Sql } from '../../../src/storage/system/database.js';

const gatewayToken = 'token-of-the-gateway-4711';
const cipher = createSecretCipher(randomBytes(32).toString('base64'));

/** What opens the channels that `insertChannel` writes; a receiver is on this machine. */
export const channelAccess: ChannelAccess = {
  cipher,
  guard: { allowLoopback: true },
  userAgent: 'tests',
  timeoutMs: 300,
};

let made = 0;

/** A channel of the operator, named `NOC 1`, `NOC 2`, ... */
export async function insertChannel(
  sql: Sql,
  format: ChannelFormat,
  url: string,
): Promise<{ readonly id: string; readonly name: string }> {
  const name = `NOC ${++made}`;
  const place = `test:${made}`;
  const [row] = await sql<{ id: string }[]>`
    insert into notification_channels (reseller_id, name, format, host, account, sender, has_token, secrets, secret_place)
    values (1, ${name}, ${format}, 'a.example', ${format === 'sms_twilio' ? 'AC1' : ''}, 'Lowwater', true,
      ${sealChannel(cipher, { url, token: gatewayToken }, place)}, ${place})
    returning id`;
  if (!row) throw new Error('a channel was not inserted');
  return { id: row.id, name };
}
