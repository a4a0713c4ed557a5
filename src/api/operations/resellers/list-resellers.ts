import { resellerKinds, resellerList, resellerStatuses } from '../../../storage/resellers/resellers.js';
import { defineList } from '../../contract/define-list.js';
import { line, reference } from '../../contract/schemas.js';
import { z } from '../../contract/zod.js';
import { resellerJson, resellerSchema } from './schema.js';

export const listResellersOperation = defineList({
  id: 'listResellers',
  path: '/v1/resellers',
  area: 'resellers',
  summary: 'List resellers and managers',
  scope: 'resellers:read',
  filters: {
    name: line(200).optional().openapi({ description: 'Start of the name' }),
    parentId: reference.optional().openapi({ description: 'Only direct sub-resellers and managers' }),
    kind: z.enum(resellerKinds).optional(),
    status: z.enum(resellerStatuses).default('active').openapi({ description: 'Deleted ones stay readable' }),
  },
  sorts: ['name', 'id', 'createdAt'],
  order: 'name',
  page: 'A page of resellers',
  item: resellerSchema,
  rows: (q, { filter, caller }) => resellerList(q, caller.resellerId, filter),
  toJson: (row) => resellerJson(row),
  csv: {
    id: 'exportResellers',
    name: 'resellers',
    what: 'resellers and managers',
    columns: {
      id: { header: 'ID', value: ({ id }) => ({ number: id }) },
      name: { header: 'Name', value: ({ name }) => name },
      kind: { header: 'Type', value: ({ kind }) => kind },
      status: { header: 'Status', value: ({ status }) => status },
      email: { header: 'Email', value: ({ email }) => email },
      clients: { header: 'Clients', value: ({ clients }) => ({ number: clients }) },
      currency: { header: 'Currency', value: ({ currency }) => currency },
      live: { header: 'Live balance', value: ({ live }) => ({ number: live }) },
      credit: { header: 'Credit', value: ({ credit }) => ({ number: credit }) },
      available: { header: 'Available', value: ({ available }) => ({ number: available }) },
      timezone: { header: 'Time zone', value: ({ timezone }) => timezone },
      createdAt: { header: 'Created', value: ({ createdAt }) => createdAt },
    },
  },
});
