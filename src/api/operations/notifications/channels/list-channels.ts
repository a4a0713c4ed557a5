import { channelKinds } from '../../../../domain/notifications/channels.js';
import { channelList, channelSorts } from '../../../../storage/notifications/channels.js';
import { defineList } from '../../../contract/define-list.js';
import { oneOrMore } from '../../../contract/lists.js';
import { line, reference } from '../../../contract/schemas.js';
import { z } from '../../../contract/zod.js';
import { channelJson, channelSchema } from './schema.js';

const severalIds = /^[1-9]\d{0,17}(,[1-9]\d{0,17}){0,49}$/;

const ids = z
  .string()
  .regex(severalIds, 'must be 1 to 50 ids with commas between')
  .transform((text) => text.split(','))
  .openapi({
    type: 'string',
    pattern: severalIds.source,
    description: 'These ids, with commas between',
    example: '3,7',
  });

export const listChannelsOperation = defineList({
  id: 'listNotificationChannels',
  path: '/v1/notification-channels',
  area: 'notification-channels',
  summary: 'List notification channels',
  description:
    'Of your reseller and its sub-resellers. With `usableBy` those that profiles of a reseller can notify: its channels, and ' +
    'those of the resellers above it.',
  scope: 'profiles:read',
  filters: {
    resellerId: reference.optional().openapi({ description: 'This reseller and below' }),
    usableBy: reference.optional().openapi({ description: 'Usable in profiles of this reseller' }),
    id: ids.optional(),
    kind: oneOrMore(channelKinds).optional(),
    enabled: z.enum(['true', 'false']).optional(),
    q: line(200).optional().openapi({ description: 'Part of the name, ignoring case, or the id' }),
  },
  sorts: channelSorts,
  order: 'name',
  page: 'A page of notification channels',
  item: channelSchema,
  rows: (q, { filter, caller }) =>
    channelList(q, caller.resellerId, {
      ...filter,
      kind: filter.kind ?? null,
      enabled: filter.enabled === null ? null : filter.enabled === 'true',
    }),
  toJson: channelJson,
  csv: {
    id: 'exportNotificationChannels',
    name: 'notification-channels',
    what: 'notification channels',
    columns: {
      id: { header: 'ID', value: ({ id }) => ({ number: id }) },
      name: { header: 'Name', value: ({ name }) => name },
      kind: { header: 'Kind', value: ({ kind }) => kind },
      format: { header: 'Format', value: ({ format }) => format },
      resellerName: { header: 'Reseller', value: ({ resellerName }) => resellerName },
      host: { header: 'Host', value: ({ host }) => host },
      sender: { header: 'Sender', value: ({ sender }) => sender },
      enabled: { header: 'Enabled', value: ({ enabled }) => enabled },
      profiles: { header: 'Profiles', value: ({ profiles }) => ({ number: profiles }) },
      companies: { header: 'Companies', value: ({ companies }) => ({ number: companies }) },
      createdAt: { header: 'Created', value: ({ createdAt }) => createdAt },
      updatedAt: { header: 'Changed', value: ({ updatedAt }) => updatedAt },
    },
  },
});
