import { createSilence } from '../../../services/silences/create-silence.js';
import { created } from '../../contract/answers.js';
import { defineOperation } from '../../contract/operation.js';
import { clientsSilenceJson, clientsSilenceSchema, matcherOf, silenceBody, silenceExample } from './schema.js';

export const createSilenceOperation = defineOperation({
  id: 'createSilence',
  method: 'post',
  path: '/v1/silences',
  area: 'silences',
  summary: 'Silence many clients',
  description:
    'No notifications for clients of the reseller that also have the tag and the profile, also those that get them ' +
    'later. Checks continue. A rule that is low when the silence ends notifies at once (trigger `change`), or at the ' +
    'next check. Preview with `POST /v1/silences/preview`.',
  scope: 'monitor:write',
  request: { body: silenceBody },
  example: silenceExample,
  responses: { 201: { description: 'The silence', schema: clientsSilenceSchema } },
  problems: ['not_found', 'conflict'],
  async handler({ body, requester, scope, now }) {
    const { comment, endsAt, startsAt = new Date(now) } = body;
    const row = await createSilence(requester, { ...matcherOf(body, scope.resellerId), comment, startsAt, endsAt });
    return created(`/v1/silences/${row.id}`, clientsSilenceJson(row), { version: row.version });
  },
});
