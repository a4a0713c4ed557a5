import { companyList, companySorts, toCompany } from '../../../storage/companies/companies.js';
import { defineList } from '../../contract/define-list.js';
import type { Column } from '../../../documents/tables/csv.js';
import { line, reference } from '../../contract/schemas.js';
import { z } from '../../contract/zod.js';
import { companySides, type CompanySide } from '../../../domain/companies/company-balances.js';
import { companyJson, companySchema } from './schema.js';

type CompanyJson = ReturnType<typeof companyJson>;

const sideTitles: Readonly<Record<CompanySide, string>> = { their: 'Their', our: 'Our', mutual: 'Mutual' };

export const listCompaniesOperation = defineList({
  id: 'listCompanies',
  path: '/v1/companies',
  area: 'companies',
  summary: 'List companies',
  scope: 'clients:read',
  filters: {
    q: line(200).optional().openapi({
      description: 'Part of the name, of the external id, or of an email address, ignoring case, or the id',
    }),
    resellerId: reference.optional().openapi({ description: 'Of this reseller and its sub-resellers' }),
    state: z.enum(['low', 'on', 'off']).optional().openapi({
      description:
        '`low`: the last run found a balance at or below its threshold · `on`: a threshold is on · `off`: none is',
    }),
  },
  sorts: companySorts,
  order: 'name',
  page: 'A page of companies',
  item: companySchema,
  rows: (q, { filter, caller, now }) => companyList(q, caller.resellerId, filter, now),
  toJson: (row) => companyJson(toCompany(row)),
  csv: {
    id: 'exportCompanies',
    name: 'companies',
    what: 'companies',
    columns: {
      id: { header: 'ID', value: ({ id }) => ({ number: id }) },
      name: { header: 'Name', value: ({ name }) => name },
      externalId: { header: 'External ID', value: ({ externalId }) => externalId },
      email: { header: 'Email', value: ({ email }) => email },
      ...(Object.assign({}, ...companySides.map(sideColumns)) as Readonly<Record<string, Column<CompanyJson>>>),
      source: { header: 'Balance source', value: ({ source }) => source },
      resellerName: { header: 'Reseller', value: ({ resellerName }) => resellerName },
      createdAt: { header: 'Created', value: ({ createdAt }) => createdAt },
      updatedAt: { header: 'Changed', value: ({ updatedAt }) => updatedAt },
    },
  },
});

function sideColumns(side: CompanySide): Readonly<Record<string, Column<CompanyJson>>> {
  const title = sideTitles[side];
  return {
    [`${side}Balance`]: {
      header: `${title} balance`,
      value: (row) => (row[side].balance ? { number: row[side].balance.amount } : null),
    },
    [`${side}Currency`]: { header: `${title} currency`, value: (row) => row[side].balance?.currency ?? null },
    [`${side}Threshold`]: {
      header: `${title} threshold`,
      value: (row) => (row[side].threshold === null ? null : { number: row[side].threshold }),
    },
    [`${side}ThresholdCurrency`]: { header: `${title} threshold currency`, value: (row) => row[side].currency },
    [`${side}State`]: { header: `${title} state`, value: (row) => row[side].state },
    [`${side}MailTime`]: { header: `${title} mail time`, value: (row) => row[side].mailTime },
  };
}
