import { clearBouncedAddress } from '../../../../services/notifications/clear-bounced-address.js';
import { ok } from '../../../contract/answers.js';
import { defineOperation } from '../../../contract/operation.js';
import { pathId, reason } from '../../../contract/schemas.js';
import { z } from '../../../contract/zod.js';
import { bouncedAddressJson, bouncedAddressSchema } from './schema.js';

export const clearBouncedAddressOperation = defineOperation({
  id: 'clearBouncedAddress',
  method: 'post',
  path: '/v1/bounced-addresses/{id}/clear',
  area: 'notifications',
  summary: 'Clear a bounced address',
  description: 'Says that the address works again, and resolves its event. The next bounce marks it again.',
  scope: 'notifications:write',
  request: { params: z.strictObject({ id: pathId }), body: z.strictObject({ reason }) },
  example: { reason: 'the client created the mailbox again' },
  responses: { 200: { description: 'The address, cleared', schema: bouncedAddressSchema } },
  problems: ['conflict'],
  async handler({ params, body, requester }) {
    return ok(bouncedAddressJson(await clearBouncedAddress(requester, params.id, body.reason)));
  },
});
