import { apiKeyList } from '../../../../storage/access/api-key-admin.js';
import { defineList } from '../../../contract/define-list.js';
import { line, reference } from '../../../contract/schemas.js';
import { z } from '../../../contract/zod.js';
import { keyJson, keySchema } from './schema.js';

export const listKeysOperation = defineList({
  id: 'listApiKeys',
  path: '/v1/api-keys',
  area: 'keys',
  summary: 'List API keys',
  scope: 'keys:read',
  filters: {
    resellerId: reference.optional().openapi({ description: 'Keys of this reseller and its sub-resellers' }),
    ownerId: reference.optional().openapi({ description: 'Keys of this user' }),
    status: z.enum(['usable', 'all']).default('all'),
    q: line(200).optional().openapi({ description: 'Part of the name or the prefix, ignoring case' }),
  },
  sorts: ['name', 'id', 'createdAt', 'lastUsedAt'],
  order: 'name',
  page: 'A page of keys, without secrets',
  item: keySchema,
  rows: (q, { filter, caller, now }) => apiKeyList(q, caller.resellerId, filter, now),
  toJson: (row, { now }) => keyJson(row, now),
  csv: {
    id: 'exportApiKeys',
    name: 'api-keys',
    what: 'API keys',
    columns: {
      id: { header: 'ID', value: ({ id }) => ({ number: id }) },
      name: { header: 'Name', value: ({ name }) => name },
      prefix: { header: 'Prefix', value: ({ prefix }) => prefix },
      resellerName: { header: 'Reseller', value: ({ resellerName }) => resellerName },
      scopes: { header: 'Scopes', value: ({ scopes }) => scopes.join(', ') },
      status: { header: 'Status', value: ({ status }) => status },
      createdBy: { header: 'Created by', value: ({ createdBy }) => createdBy },
      createdAt: { header: 'Created', value: ({ createdAt }) => createdAt },
      expiresAt: { header: 'Expires', value: ({ expiresAt }) => expiresAt },
      revokedAt: { header: 'Revoked', value: ({ revokedAt }) => revokedAt },
      lastUsedAt: { header: 'Last used', value: ({ lastUsedAt }) => lastUsedAt },
    },
  },
});
