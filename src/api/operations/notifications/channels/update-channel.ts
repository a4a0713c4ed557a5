import { sentFields } from '../../../../domain/patch.js';
import { updateChannel } from '../../../../services/notifications/channels/update-channel.js';
import { sealerOf } from '../../../access/sealer.js';
import { ok } from '../../../contract/answers.js';
import { defineOperation } from '../../../contract/operation.js';
import { requireVersion } from '../../../http/if-match.js';
import { checkWebhookUrl } from '../../events/webhooks/check-url.js';
import { channelJson, channelParams, channelPatch, channelSchema } from './schema.js';

export const updateChannelOperation = defineOperation({
  id: 'updateNotificationChannel',
  method: 'patch',
  path: '/v1/notification-channels/{id}',
  area: 'notification-channels',
  summary: 'Change a notification channel',
  description:
    'Secrets that are left out stay; an address of another host needs the token once more. `enabled: false` stops ' +
    'notifications to it: rules that have no other recipient do not notify.',
  scope: 'webhooks:write',
  needsIfMatch: true,
  request: { params: channelParams, body: channelPatch },
  example: { enabled: false },
  responses: { 200: { description: 'Changed', schema: channelSchema } },
  problems: ['already_exists', 'not_configured'],
  secretBody: true,
  async handler({ params, body, requester, context, ifMatch }) {
    const { url, token, ...patch } = body;
    const cipher = sealerOf(context, 'secrets of notification channels');
    if (url !== undefined) await checkWebhookUrl(context, url);
    const secrets = sentFields({ url, token });
    const row = await updateChannel(requester, cipher, params.id, { patch, secrets }, (before) =>
      requireVersion(ifMatch, before.version, channelJson(before)),
    );
    return ok(channelJson(row), { version: row.version });
  },
});
