import { withoutEndSlash } from '../../domain/urls.js';
import type { WriteMessage } from './message.js';
import { smsText } from './sms-text.js';

/**
 * The Messages API of Twilio, also of providers that are compatible with it. It answers 201 with the message, or 4xx with
 * `code` and `message`. It has no idempotency key: a call without an answer is not repeated.
 */
export const writeSmsTwilio: WriteMessage = ({ text, to }, { url, account, token, sender }) => ({
  url: `${withoutEndSlash(url)}/2010-04-01/Accounts/${encodeURIComponent(account)}/Messages.json`,
  headers: {
    'content-type': 'application/x-www-form-urlencoded',
    authorization: `Basic ${Buffer.from(`${account}:${token}`, 'utf8').toString('base64')}`,
  },
  body: new URLSearchParams({
    To: to ?? '',
    // The id of a messaging service, which chooses the number.
    ...(/^MG[0-9a-f]{32}$/i.test(sender) ? { MessagingServiceSid: sender } : { From: sender }),
    Body: smsText(text),
  }).toString(),
});
