import type { WriteMessage } from './message.js';
import { smsText } from './sms-text.js';

/**
 * An SMS gateway that takes JSON (docs/notification-channels.md). `id`, also in `Idempotency-Key`, is the same for each
 * attempt of a message: the gateway sends it once.
 */
export const writeSmsJson: WriteMessage = ({ key, text, to }, { url, token, sender }) => ({
  url,
  headers: {
    'content-type': 'application/json; charset=utf-8',
    'idempotency-key': key,
    ...(token !== '' && { authorization: `Bearer ${token}` }),
  },
  body: JSON.stringify({ id: key, to, ...(sender !== '' && { from: sender }), text: smsText(text) }),
});
