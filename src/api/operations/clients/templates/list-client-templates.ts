import { clientFieldSpecs } from '../../../../domain/clients/client-fields.js';
import { inheritableFields } from '../../../../domain/clients/client-inheritance.js';
import { clientTemplateTable } from '../../../../storage/clients/templates/client-templates.js';
import { sharedList, sharedSorts } from '../../../../storage/resellers/shared-records.js';
import { defineList } from '../../../contract/define-list.js';
import { sharedFilters } from '../../resellers/shared-records.js';
import { clientTemplateJson, clientTemplateSchema } from './schema.js';

/** Headers of the values in files; references are exported by their ids. */
const valueColumns = Object.fromEntries(
  inheritableFields.map((name) => {
    const { csv = name } = clientFieldSpecs[name] as { readonly csv?: string };
    return [
      name,
      {
        header: csv,
        value: ({ values }: { readonly values: Readonly<Record<string, unknown>> }) => cellOf(values[name]),
      },
    ];
  }),
);

function cellOf(value: unknown): string | boolean | { readonly number: string } | null {
  if (value === undefined || value === null) return null;
  if (typeof value === 'boolean') return value;
  return typeof value === 'number' || /^-?\d+(\.\d+)?$/.test(String(value)) ? { number: String(value) } : String(value);
}

export const listClientTemplatesOperation = defineList({
  id: 'listClientTemplates',
  path: '/v1/client-templates',
  area: 'client-templates',
  summary: 'List client templates',
  scope: 'profiles:read',
  filters: sharedFilters,
  sorts: sharedSorts,
  order: 'name',
  page: 'A page of client templates',
  item: clientTemplateSchema,
  rows: (q, { filter, caller }) => sharedList(q, clientTemplateTable, caller.resellerId, filter),
  toJson: (row) => clientTemplateJson(row),
  csv: {
    id: 'exportClientTemplates',
    name: 'client-templates',
    what: 'client templates',
    columns: {
      id: { header: 'ID', value: ({ id }) => ({ number: id }) },
      name: { header: 'Name', value: ({ name }) => name },
      currency: { header: 'Currency', value: ({ currency }) => currency },
      tags: { header: 'Tags', value: ({ tags }) => tags.join(', ') },
      clients: { header: 'Clients', value: ({ clients }) => ({ number: clients }) },
      resellerName: { header: 'Reseller', value: ({ resellerName }) => resellerName },
      createdAt: { header: 'Created', value: ({ createdAt }) => createdAt },
      updatedAt: { header: 'Changed', value: ({ updatedAt }) => updatedAt },
      ...valueColumns,
    },
  },
});
