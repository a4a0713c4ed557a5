import { existingChannel } from '../../../../services/notifications/channels/existing-channel.js';
import { findChannel } from '../../../../storage/notifications/channels.js';
import { ok } from '../../../contract/answers.js';
import { defineOperation } from '../../../contract/operation.js';
import { channelJson, channelParams, channelSchema } from './schema.js';

export const readChannelOperation = defineOperation({
  id: 'readNotificationChannel',
  method: 'get',
  path: '/v1/notification-channels/{id}',
  area: 'notification-channels',
  summary: 'Get a notification channel',
  scope: 'profiles:read',
  request: { params: channelParams },
  responses: { 200: { description: 'The channel', schema: channelSchema } },
  async handler({ params, scope }) {
    const row = existingChannel(await scope.read((q) => findChannel(q, scope.resellerId, params.id)), params.id);
    return ok(channelJson(row), { version: row.version });
  },
});
