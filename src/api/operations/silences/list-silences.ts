import { silenceStatuses } from '../../../domain/silences/silence-window.js';
import { silenceList, silenceSorts } from '../../../storage/silences/silences.js';
import { defineList } from '../../contract/define-list.js';
import { oneOrMore } from '../../contract/lists.js';
import { line, reference } from '../../contract/schemas.js';
import { clientsSilenceJson, clientsSilenceSchema } from './schema.js';

export const listSilencesOperation = defineList({
  id: 'listSilences',
  path: '/v1/silences',
  area: 'silences',
  summary: 'List silences over many clients',
  scope: 'monitor:read',
  filters: {
    status: oneOrMore(silenceStatuses).optional(),
    resellerId: reference.optional().openapi({ description: 'Of this reseller and its sub-resellers' }),
    clientId: reference.optional().openapi({ description: 'Those that cover this client now' }),
    q: line(200).optional().openapi({ description: 'Part of the comment or tag, ignoring case, or the id' }),
  },
  sorts: silenceSorts,
  order: '-id',
  page: 'A page of silences',
  item: clientsSilenceSchema,
  rows: (q, { filter, caller, now }) => silenceList(q, { resellerId: caller.resellerId, at: new Date(now) }, filter),
  toJson: (row) => clientsSilenceJson(row),
  csv: {
    id: 'exportSilences',
    name: 'silences',
    what: 'silences',
    columns: {
      id: { header: 'ID', value: ({ id }) => ({ number: id }) },
      status: { header: 'Status', value: ({ status }) => status },
      resellerName: { header: 'Reseller', value: ({ resellerName }) => resellerName },
      tag: { header: 'Tag', value: ({ tag }) => tag },
      profileName: { header: 'Profile', value: ({ profileName }) => profileName },
      startsAt: { header: 'Starts', value: ({ startsAt }) => startsAt },
      endsAt: { header: 'Ends', value: ({ endsAt }) => endsAt },
      comment: { header: 'Comment', value: ({ comment }) => comment },
      clients: { header: 'Clients', value: ({ clients }) => ({ number: clients }) },
      createdBy: { header: 'Created by', value: ({ createdByName, createdBy }) => createdByName ?? createdBy },
      createdAt: { header: 'Created', value: ({ createdAt }) => createdAt },
      endedBy: { header: 'Ended by', value: ({ endedByName, endedBy }) => endedByName ?? endedBy },
    },
  },
});
