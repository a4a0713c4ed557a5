import { notificationKinds, ruleNotificationKinds } from '../../../domain/mail-kinds.js';
import {
  countNotificationFacets,
  notificationList,
  notificationSorts,
  type FacetCount,
  type NotificationFacets,
  type NotificationFilter,
} from '../../../storage/notifications/notifications-read.js';
import { readPage } from '../../../storage/system/paging.js';
import { listed, listQuery, oneOrMore, pageOf, pageRequest } from '../../contract/lists.js';
import { defineOperation } from '../../contract/operation.js';
import { instant, line, reference } from '../../contract/schemas.js';
import { z } from '../../contract/zod.js';
import {
  notificationJson,
  notificationSchema,
  shownStatuses,
  storedDeliveryStatuses,
  storedStatuses,
} from './shared.js';

const someOf = (words: readonly string[]): { type: 'string'; description: string } => ({
  type: 'string',
  description: `Some of ${words.join(', ')}, separated by commas`,
});

export const notificationListQuery = listQuery(notificationSorts, '-at', {
  include: { facets: 'how many notifications there are of each status, rule and kind under the other filters' },
}).extend({
  clientId: reference.optional(),
  rule: line(80).optional().openapi({ description: 'A key; `advanced` and `warning` stand for all of these' }),
  status: oneOrMore(shownStatuses).optional().openapi(someOf(shownStatuses)),
  deliveryStatus: oneOrMore(shownStatuses)
    .optional()
    .openapi({ type: 'string', description: 'A delivery has one of these statuses, separated by commas' }),
  kind: oneOrMore([...notificationKinds, 'all'])
    .optional()
    .openapi(someOf([...notificationKinds, 'all'])),
  from: instant.optional(),
  to: instant.optional().openapi({ description: 'Not included' }),
  recipient: line(254).optional().openapi({ description: 'Within an address, without case' }),
  q: line(200).optional().openapi({ description: 'Within client’s name, subject, an address or the Message-ID' }),
});

const facet = z.array(z.strictObject({ word: z.string(), count: z.int() }));
const facetsSchema = z.strictObject({ status: facet, rule: facet, kind: facet }).openapi('NotificationFacets');

export const listNotificationsOperation = defineOperation({
  id: 'listNotifications',
  method: 'get',
  path: '/v1/notifications',
  area: 'notifications',
  summary: 'List notifications',
  description:
    'Newest first, each with its deliveries. Without `kind` the notifications of rules: low balance and warning thresholds; ' +
    '`kind=all` lists every notification. `from` and `to` bound the instant of the decision.',
  scope: 'notifications:read',
  request: { query: notificationListQuery },
  responses: {
    200: {
      description: 'A page of notifications',
      schema: pageOf(notificationSchema).extend({ facets: facetsSchema.optional() }),
    },
  },
  async handler(input) {
    const { query, caller, context } = input;
    const filter = notificationFilterOf(query);
    const page = await readPage(
      context.sql,
      pageRequest(query),
      notificationList(context.sql, caller.resellerId, filter),
    );
    if (!query.include.includes('facets')) return listed(input, page, notificationJson);
    const facets = await countNotificationFacets(context.sql, caller.resellerId, filter);
    return listed(input, page, notificationJson, { facets: facetsJson(facets) });
  },
});

type Asked = Omit<z.output<typeof notificationListQuery>, 'limit' | 'cursor' | 'sort' | 'include'>;

export function notificationFilterOf(asked: Asked): NotificationFilter {
  const kinds = asked.kind ?? [...ruleNotificationKinds];
  return {
    clientId: asked.clientId ?? null,
    rule: asked.rule ?? null,
    kinds: kinds.includes('all') ? [] : kinds.filter((kind) => kind !== 'all'),
    statuses: (asked.status ?? []).flatMap(storedStatuses),
    deliveryStatuses: (asked.deliveryStatus ?? []).flatMap(storedDeliveryStatuses),
    from: asked.from ?? null,
    to: asked.to ?? null,
    recipient: asked.recipient ?? null,
    q: asked.q ?? null,
  };
}

function facetsJson(facets: NotificationFacets): z.input<typeof facetsSchema> {
  const counts = (found: readonly FacetCount[]): { word: string; count: number }[] =>
    found.map(({ word, mails }) => ({ word, count: mails }));
  const status = shownStatuses
    .map((shown) => ({
      word: shown,
      count: facets.status
        .filter(({ word }) => storedStatuses(shown).some((stored) => stored === word))
        .reduce((sum, { mails }) => sum + mails, 0),
    }))
    .filter(({ count }) => count > 0);
  return { status, rule: counts(facets.rule), kind: counts(facets.kind) };
}
