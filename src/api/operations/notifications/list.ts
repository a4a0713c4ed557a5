import { listNotifications as list } from '../../../storage/notifications-read.js';
import { listed, listQuery, pageOf, pageRequest } from '../../lists.js';
import { defineOperation } from '../../operation.js';
import { instant, line, reference } from '../../schemas.js';
import { z } from '../../zod.js';
import {
  mailKinds,
  notificationJson,
  notificationSchema,
  ruleMailKinds,
  shownStatuses,
  storedStatuses,
} from './shared.js';

/** Some of the words, comma-separated. */
function someOf<const Word extends string>(words: readonly Word[]) {
  return z
    .string()
    .max(200)
    .transform((text, ctx) => {
      const found = text.split(',').map((part) => words.find((word) => word === part));
      if (found.every((word) => word !== undefined)) return found;
      ctx.addIssue({ code: 'custom', message: `write some of ${words.join(', ')}, separated by commas`, input: text });
      return z.NEVER;
    })
    .openapi({ type: 'string', description: `Some of ${words.join(', ')}, separated by commas` });
}

export const listNotifications = defineOperation({
  id: 'listNotifications',
  method: 'get',
  path: '/v1/notifications',
  area: 'notifications',
  summary: 'List mails',
  description:
    'Newest first. Without `kind` the mails of rules: low balance and warning thresholds; `kind=all` shows every mail. ' +
    '`from` and `to` bound the instant of the check.',
  scope: 'notifications:read',
  request: {
    query: listQuery(['at'], '-at').extend({
      clientId: reference.optional(),
      rule: line(80).optional(),
      status: someOf(shownStatuses).optional(),
      kind: someOf([...mailKinds, 'all']).optional(),
      from: instant.optional(),
      to: instant.optional(),
      recipient: line(254).optional().openapi({ description: 'An address, compared without case' }),
    }),
  },
  responses: { 200: { description: 'A page of mails', schema: pageOf(notificationSchema) } },
  async handler({ query, caller, context, now, url }) {
    const kinds = query.kind ?? [...ruleMailKinds];
    const filter = {
      clientId: query.clientId ?? null,
      rule: query.rule ?? null,
      kinds: kinds.includes('all') ? [] : kinds.filter((kind) => kind !== 'all'),
      statuses: (query.status ?? []).flatMap(storedStatuses),
      from: query.from ?? null,
      to: query.to ?? null,
      recipient: query.recipient ?? null,
    };
    const page = await list(context.sql, caller.resellerId, filter, pageRequest(query));
    return listed({ url, now }, page, notificationJson);
  },
});
