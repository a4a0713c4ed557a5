import { DomainError } from '../../../../domain/errors.js';
import { createChannel } from '../../../../services/notifications/channels/create-channel.js';
import { sealerOf } from '../../../access/sealer.js';
import { created } from '../../../contract/answers.js';
import { defineOperation } from '../../../contract/operation.js';
import { checkWebhookUrl } from '../../events/webhooks/check-url.js';
import { channelBody, channelJson, channelSchema, usualUrlOf } from './schema.js';

export const createChannelOperation = defineOperation({
  id: 'createNotificationChannel',
  method: 'post',
  path: '/v1/notification-channels',
  area: 'notification-channels',
  summary: 'Create a notification channel',
  description:
    'Rules of profiles of the reseller and its sub-resellers can notify it. Its address and token are encrypted and never ' +
    'shown.',
  scope: 'webhooks:write',
  request: { body: channelBody },
  example: { name: 'NOC', format: 'slack_webhook', url: 'https://hooks.slack.com/services/T0000/B0000/XXXX' },
  responses: { 201: { description: 'Created', schema: channelSchema } },
  problems: ['not_found', 'already_exists', 'not_configured', 'conflict'],
  secretBody: true,
  async handler({ body, requester, caller, context }) {
    const cipher = sealerOf(context, 'secrets of notification channels');
    const url = body.url ?? usualUrlOf(body.format);
    if (url === null)
      throw new DomainError('invalid', `is needed: the format ${body.format} has no usual address`, '/url');
    await checkWebhookUrl(context, url);
    const resellerId = body.resellerId ?? caller.resellerId;
    const row = await createChannel(requester, cipher, { ...body, url, resellerId });
    return created(`/v1/notification-channels/${row.id}`, channelJson(row), { version: row.version });
  },
});
