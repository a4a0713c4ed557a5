import { endSession } from '../../../../services/access/end-session.js';
import { listSessions } from '../../../../storage/access/sessions.js';
import { noContent, ok } from '../../../contract/answers.js';
import { defineSessionOperation } from '../../../contract/operation.js';
import { idText, pathId, timeString, timeText } from '../../../contract/schemas.js';
import { sessionLimits } from '../../../http/sender.js';
import { z } from '../../../contract/zod.js';

const sessionSchema = z
  .strictObject({
    id: idText,
    current: z.boolean().openapi({ description: 'The one that asks' }),
    address: z.string().openapi({ description: 'From where it was begun', example: '203.0.113.7' }),
    agent: z.string().nullable().openapi({ description: 'What the browser said that it is' }),
    createdAt: timeString,
    lastSeenAt: timeString,
    expiresAt: timeString.openapi({ description: 'At the latest; earlier where it is not used' }),
  })
  .openapi('UserSession');

export const listMySessions = defineSessionOperation({
  id: 'listMySessions',
  method: 'get',
  path: '/v1/me/sessions',
  area: 'me',
  summary: 'List where the user is logged in',
  responses: { 200: { description: 'The sessions', schema: z.strictObject({ data: z.array(sessionSchema) }) } },
  async handler({ caller, context, now, scope }) {
    const rows = await scope.read((q) => listSessions(q, caller.userId, sessionLimits(context.config), now));
    const data = rows.map(({ id, address, agent, createdAt, lastSeenAt, expiresAt }) => ({
      ...{ id, address, agent },
      current: id === caller.session.id,
      createdAt: timeText(createdAt),
      lastSeenAt: timeText(lastSeenAt),
      expiresAt: timeText(expiresAt),
    }));
    return ok({ data });
  },
});

export const endMySession = defineSessionOperation({
  id: 'endMySession',
  method: 'delete',
  path: '/v1/me/sessions/{id}',
  area: 'me',
  summary: 'Log the user out elsewhere',
  request: { params: z.strictObject({ id: pathId }) },
  responses: { 204: { description: 'Ended' } },
  async handler({ params, caller, requester }) {
    await endSession(requester, caller.userId, params.id);
    return noContent();
  },
});
