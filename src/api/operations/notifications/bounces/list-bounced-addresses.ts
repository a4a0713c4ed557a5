import { bouncedAddressList, bouncedAddressSorts } from '../../../../storage/notifications/bounces.js';
import { defineList } from '../../../contract/define-list.js';
import { line, reference } from '../../../contract/schemas.js';
import { z } from '../../../contract/zod.js';
import { bouncedAddressJson, bouncedAddressSchema } from './schema.js';

/** So many addresses one request may name. */
const maxAddresses = 50;

const addresses = z
  .string()
  .max(maxAddresses * 255)
  .transform((text) => text.split(',').map((address) => address.trim().toLowerCase()))
  .refine(
    (all) => all.length <= maxAddresses && all.every(Boolean),
    `must be 1 to ${maxAddresses} addresses with commas between`,
  )
  .openapi({
    type: 'string',
    description: 'These addresses, with commas between, ignoring case',
    example: 'a@client.example,b@client.example',
  });

export const listBouncedAddressesOperation = defineList({
  id: 'listBouncedAddresses',
  path: '/v1/bounced-addresses',
  area: 'notifications',
  summary: 'List bounced addresses',
  description: 'Addresses from which emails came back. They are still written to: correct them where they are used.',
  scope: 'notifications:read',
  filters: {
    status: z.enum(['bounced', 'cleared', 'all']).default('bounced'),
    clientId: reference
      .optional()
      .openapi({ description: 'Addresses of this client: billing, main, NOC, rates, or owner email' }),
    resellerId: reference.optional().openapi({ description: 'Of this reseller and its sub-resellers' }),
    address: addresses.optional(),
    q: line(200).optional().openapi({ description: 'Part of the address, ignoring case' }),
  },
  sorts: bouncedAddressSorts,
  order: '-lastAt',
  page: 'A page of bounced addresses',
  item: bouncedAddressSchema,
  rows: (q, { filter, caller }) => bouncedAddressList(q, caller.resellerId, filter),
  toJson: (row) => bouncedAddressJson(row),
  csv: {
    id: 'exportBouncedAddresses',
    name: 'bounced-addresses',
    what: 'bounced addresses',
    columns: {
      id: { header: 'ID', value: ({ id }) => ({ number: id }) },
      address: { header: 'Address', value: ({ address }) => address },
      resellerName: { header: 'Reseller', value: ({ resellerName }) => resellerName },
      clientName: { header: 'Client', value: ({ clientName }) => clientName },
      code: { header: 'Code', value: ({ code }) => code },
      detail: { header: 'Details', value: ({ detail }) => detail },
      times: { header: 'Times', value: ({ times }) => ({ number: times }) },
      firstAt: { header: 'First', value: ({ firstAt }) => firstAt },
      lastAt: { header: 'Last', value: ({ lastAt }) => lastAt },
      clearedAt: { header: 'Cleared', value: ({ clearedAt }) => clearedAt },
      clearedBy: { header: 'Cleared by', value: ({ clearedByName, clearedBy }) => clearedByName ?? clearedBy },
      clearedReason: { header: 'Reason', value: ({ clearedReason }) => clearedReason },
    },
  },
});
