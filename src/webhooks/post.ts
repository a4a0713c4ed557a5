import { Webhook } from 'standardwebhooks';
import { guardedPost, type PostOptions, type PostResponse } from './guarded-post.js';

/** Sends one message of Standard Webhooks. */

export interface WebhookRequest {
  readonly url: string;
  /** the header `webhook-id` */
  readonly messageId: string;
  /** JSON */
  readonly body: string;
  /** signs with each of them, newest first */
  readonly secrets: readonly string[];
  readonly sentAt: Date;
}

export type WebhookResponse = Pick<PostResponse, 'status' | 'body' | 'error'>;

/** Never throws: what went wrong is part of the response. */
export async function postWebhook(message: WebhookRequest, options: PostOptions): Promise<WebhookResponse> {
  const { url, messageId, body, secrets, sentAt } = message;
  const headers = {
    'webhook-id': messageId,
    'webhook-timestamp': String(Math.floor(sentAt.getTime() / 1000)),
    'webhook-signature': secrets.map((secret) => new Webhook(secret).sign(messageId, sentAt, body)).join(' '),
  };
  const { status, body: answer, error } = await guardedPost({ url, headers, body }, options);
  return { status, body: answer, error };
}
