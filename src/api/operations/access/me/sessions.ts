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
    current: z.boolean().openapi({ description: 'The session of this request' }),
    address: z.string().openapi({ description: 'From where it was begun', example: '203.0.113.7' }),
    agent: z.string().nullable().openapi({ description: 'User agent of the browser' }),
    createdAt: timeString,
    lastSeenAt: timeString,
    expiresAt: timeString.openapi({ description: 'Latest end; the session ends earlier when it is not used' }),
  })
  .openapi('UserSession');

export const listMySessions = defineSessionOperation({
  id: 'listMySessions',
  method: 'get',
  path: '/v1/me/sessions',
  area: 'me',
  summary: 'List your active sessions',
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
  summary: 'End one of your sessions',
  request: { params: z.strictObject({ id: pathId }) },
  responses: { 204: { description: 'Ended' } },
  async handler({ params, caller, requester, sender }) {
    const user = { id: caller.userId, resellerId: caller.resellerId };
    await endSession(requester, user, params.id, sender.address);
    return noContent();
  },
});
