import { deleteChannel } from '../../../../services/notifications/channels/delete-channel.js';
import { noContent } from '../../../contract/answers.js';
import { defineOperation } from '../../../contract/operation.js';
import { requireVersion } from '../../../http/if-match.js';
import { channelJson, channelParams } from './schema.js';

export const deleteChannelOperation = defineOperation({
  id: 'deleteNotificationChannel',
  method: 'delete',
  path: '/v1/notification-channels/{id}',
  area: 'notification-channels',
  summary: 'Delete a notification channel',
  description: 'While profiles notify it, disable it instead. Its deliveries stay.',
  scope: 'webhooks:write',
  needsIfMatch: true,
  request: { params: channelParams },
  responses: { 204: { description: 'Deleted' } },
  problems: ['in_use'],
  async handler({ params, requester, ifMatch }) {
    await deleteChannel(requester, params.id, (row) => requireVersion(ifMatch, row.version, channelJson(row)));
    return noContent();
  },
});
