import { channelKinds } from '../../../domain/notifications/channels.js';
import { listedNotificationKinds, thresholdNotificationKinds } from '../../../domain/notifications/mail-kinds.js';
import {
  countNotificationFacets,
  notificationList,
  notificationSorts,
  type NotificationFacets,
  type NotificationFilter,
} from '../../../storage/notifications/notifications-read.js';
import { failureReasons } from '../../../storage/notifications/delivery-failure.js';
import { defineList } from '../../contract/define-list.js';
import type { FilterValues } from '../../contract/list-spec.js';
import { oneOrMore } from '../../contract/lists.js';
import { instant, line, reference } from '../../contract/schemas.js';
import { z } from '../../contract/zod.js';
import { shownStatuses, storedDeliveryStatuses, storedStatuses } from './delivery-json.js';
import { notificationJson, notificationSchema } from './shared.js';

export const notificationFilters = {
  clientId: reference.optional(),
  companyId: reference.optional(),
  rule: line(80)
    .optional()
    .openapi({ description: 'A rule key, or a side of a company; `advanced` and `warning` match all of their kind' }),
  status: oneOrMore(shownStatuses).optional(),
  deliveryStatus: oneOrMore([...shownStatuses, 'bounced'])
    .optional()
    .openapi({
      description: 'One of its deliveries has one of these statuses; `bounced`: it came back after it was accepted',
    }),
  reason: oneOrMore(failureReasons)
    .optional()
    .openapi({ description: 'Why the last attempt of one of its deliveries was not accepted' }),
  profileId: reference.optional().openapi({ description: 'Clients that have this profile now' }),
  kind: oneOrMore([...listedNotificationKinds, 'all']).optional(),
  from: instant.optional(),
  to: instant.optional().openapi({ description: 'Exclusive' }),
  via: oneOrMore(['email', ...channelKinds])
    .optional()
    .openapi({ description: 'One of its deliveries goes by email, or through a channel of this kind' }),
  channelId: reference.optional().openapi({ description: 'One of its deliveries goes to this channel' }),
  recipient: line(254)
    .optional()
    .openapi({ description: 'Part of an address or of the name of a channel, ignoring case' }),
  q: line(200).optional().openapi({
    description:
      'Part of the client’s or company’s name, the subject, an address, the name of a channel, or the Message-ID, ignoring case',
  }),
};

const facet = z.array(z.strictObject({ word: z.string(), count: z.int() }));
const facetsSchema = z
  .strictObject({ status: facet, rule: facet, kind: facet, reason: facet })
  .openapi('NotificationFacets');

export const listNotificationsOperation = defineList({
  id: 'listNotifications',
  path: '/v1/notifications',
  area: 'notifications',
  summary: 'List notifications',
  description:
    'Newest first, each with its deliveries. Without `kind` the notifications of rules: low balance, warning thresholds, and companies; ' +
    '`kind=all` lists every notification. `from` and `to` bound the instant of the decision.',
  scope: 'notifications:read',
  filters: notificationFilters,
  sorts: notificationSorts,
  order: '-at',
  page: 'A page of notifications',
  item: notificationSchema,
  rows: (q, { filter, caller }) => notificationList(q, caller.resellerId, storedFilter(filter)),
  toJson: notificationJson,
  include: {
    facets: {
      what: 'how many notifications there are of each status, rule, kind, and reason under the other filters',
      schema: facetsSchema,
      beside: async (q, { filter, caller }) =>
        facetsJson(await countNotificationFacets(q, caller.resellerId, storedFilter(filter))),
    },
  },
  csv: {
    id: 'exportNotifications',
    name: 'notifications',
    what: 'notifications',
    columns: {
      at: { header: 'Time', value: ({ at }) => at },
      id: { header: 'ID', value: ({ id }) => ({ number: id }) },
      clientId: { header: 'Client ID', value: ({ clientId }) => (clientId === null ? null : { number: clientId }) },
      clientName: { header: 'Client', value: ({ clientName }) => clientName },
      companyId: {
        header: 'Company ID',
        value: ({ companyId }) => (companyId === null ? null : { number: companyId }),
      },
      companyName: { header: 'Company', value: ({ companyName }) => companyName },
      kind: { header: 'Kind', value: ({ kind }) => kind },
      rule: { header: 'Rule', value: ({ rule }) => rule },
      to: { header: 'Recipients', value: ({ to }) => to.join(', ') },
      via: {
        header: 'Sent by',
        value: ({ deliveries }) => [...new Set(deliveries.map(({ channel }) => channel?.kind ?? 'email'))].join(', '),
      },
      acceptedFor: { header: 'Accepted for', value: ({ acceptedFor }) => acceptedFor.join(', ') },
      status: { header: 'Status', value: ({ status }) => status },
      number: { header: 'Number', value: ({ number }) => ({ number }) },
      max: { header: 'Max qty', value: ({ max }) => ({ number: max }) },
      available: { header: 'Available', value: ({ available }) => ({ number: available }) },
      currency: { header: 'Currency', value: ({ currency }) => currency },
      availableConverted: {
        header: 'Available, converted',
        value: ({ availableConverted }) => ({ number: availableConverted }),
      },
      threshold: { header: 'Threshold', value: ({ threshold }) => ({ number: threshold }) },
      thresholdCurrency: { header: 'Threshold currency', value: ({ thresholdCurrency }) => thresholdCurrency },
      profileName: { header: 'Profile', value: ({ profileName }) => profileName },
      subject: { header: 'Subject', value: ({ subject }) => subject },
      outcomes: { header: 'Outcomes', value: ({ deliveries }) => outcomesText(deliveries) },
      deliveries: {
        header: 'Deliveries',
        value: ({ deliveries }) => deliveries.map(({ to, status }) => `${to}: ${status}`).join(', '),
      },
      reasons: {
        header: 'Failures',
        value: ({ deliveries }) =>
          deliveries
            .flatMap(({ to, failure }) => (failure ? `${to}: ${failure.reply ?? failure.reason}` : []))
            .join(', '),
      },
      attempts: {
        header: 'Attempts',
        value: ({ deliveries }) => ({ number: deliveries.reduce((sum, { attempts }) => sum + attempts, 0) }),
      },
      acceptedAt: { header: 'Accepted', value: ({ acceptedAt }) => acceptedAt },
      nextAttemptAt: { header: 'Next attempt', value: ({ nextAttemptAt }) => nextAttemptAt },
      messageId: {
        header: 'Message-ID',
        value: ({ deliveries }) => deliveries.map(({ messageId }) => messageId).join(' '),
      },
    },
  },
});

/** `2 accepted, 1 failed` */
function outcomesText(deliveries: readonly { readonly status: (typeof shownStatuses)[number] | 'bounced' }[]): string {
  return [...shownStatuses, 'bounced' as const]
    .map((status) => [deliveries.filter((delivery) => delivery.status === status).length, status] as const)
    .flatMap(([count, status]) => (count > 0 ? `${count} ${status}` : []))
    .join(', ');
}

/** What is asked for in the statuses that callers see, in the stored ones. */
export function storedFilter(asked: FilterValues<typeof notificationFilters>): NotificationFilter {
  const { kind, status, deliveryStatus, reason, via, ...same } = asked;
  const kinds = kind ?? [...thresholdNotificationKinds];
  return {
    ...same,
    kinds: kinds.includes('all') ? [] : kinds.filter((one) => one !== 'all'),
    via: via ?? [],
    statuses: (status ?? []).flatMap(storedStatuses),
    failures: reason ?? [],
    deliveryStatuses: (deliveryStatus ?? []).flatMap((one) => (one === 'bounced' ? [] : storedDeliveryStatuses(one))),
    bounced: (deliveryStatus ?? []).includes('bounced'),
  };
}

function facetsJson(facets: NotificationFacets): z.input<typeof facetsSchema> {
  const status = shownStatuses
    .map((shown) => ({
      word: shown,
      count: facets.status
        .filter(({ word }) => storedStatuses(shown).some((stored) => stored === word))
        .reduce((sum, { count }) => sum + count, 0),
    }))
    .filter(({ count }) => count > 0);
  return { status, rule: [...facets.rule], kind: [...facets.kind], reason: [...facets.failure] };
}
