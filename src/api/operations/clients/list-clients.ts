import { clientList, clientSorts, countRuleReasons } from '../../../storage/clients/client-list.js';
import { reasons } from '../../../domain/monitoring/evaluate.js';
import { readSpending } from '../../../storage/clients/runway.js';
import { defineList } from '../../contract/define-list.js';
import { listedClientJson } from './convert.js';
import { fieldColumns } from './field-columns.js';
import { clientFilters, storedFilter } from './filters.js';
import { runwayOf } from './runway.js';
import { thresholdCell } from './low-rule.js';
import { clientListItem } from './schema.js';
import { z } from '../../contract/zod.js';

/** Fields that are placed among the columns below; the others follow at the end. */
const {
  name,
  externalId,
  currency,
  balanceModel,
  creditLimit,
  status,
  billingEmail,
  ownerEmail,
  tags,
  timezone,
  ...moreFields
} = fieldColumns;

const facetsSchema = z
  .strictObject({ ruleReason: z.array(z.strictObject({ word: z.enum(reasons), count: z.int() })) })
  .openapi('ClientFacets');

export const listClientsOperation = defineList({
  id: 'listClients',
  path: '/v1/clients',
  area: 'clients',
  summary: 'List clients',
  description: 'Active clients, unless `status` is set.',
  scope: 'clients:read',
  filters: clientFilters,
  sorts: clientSorts,
  order: 'name',
  page: 'A page of clients',
  item: clientListItem,
  rows: (q, { filter, caller, now }) => clientList(q, caller.resellerId, storedFilter(filter), now),
  toJson: (row, { now }) => listedClientJson(row, now),
  include: {
    facets: {
      what: 'how many clients have a rule with each reason, under the other filters',
      schema: facetsSchema,
      beside: async (q, { filter, caller, now }) => {
        const counted = await countRuleReasons(q, caller.resellerId, storedFilter(filter), now);
        return { ruleReason: counted.map(({ reason, clients }) => ({ word: reason, count: clients })) };
      },
    },
    runway: {
      what: 'the estimated runway of each client',
      inRows: async (q, rows, { now }) => {
        const ids = rows.map(({ id }) => id);
        const spending = await readSpending(q, ids, now);
        return (row) => ({ runway: runwayOf(row, spending.get(row.id), now) });
      },
    },
  },
  csv: {
    id: 'exportClients',
    name: 'clients',
    what: 'clients',
    columns: {
      id: { header: 'ID', value: ({ id }) => ({ number: id }) },
      name,
      externalId,
      available: {
        header: 'Available',
        value: ({ balance: { available } }) =>
          available && 'amount' in available ? { number: available.amount } : null,
      },
      unlimited: { header: 'Unlimited', value: ({ balanceModel }) => balanceModel === 'unlimited' },
      live: { header: 'Live', value: ({ balance }) => ({ number: balance.live?.amount ?? null }) },
      fixed: { header: 'Fixed', value: ({ balance }) => ({ number: balance.fixed?.amount ?? null }) },
      lastKnownLive: {
        header: 'Last known live',
        value: ({ balance }) => ({ number: balance.lastKnown?.live ?? null }),
      },
      lastKnownAt: { header: 'Last known at', value: ({ balance }) => balance.lastKnown?.at },
      currency,
      state: { header: 'State', value: ({ state }) => state },
      nearestThreshold: {
        header: 'Nearest threshold',
        value: ({ nearestThreshold }) => ({ number: nearestThreshold?.amount ?? null }),
      },
      headroom: { header: 'Headroom', value: ({ headroom }) => ({ number: headroom?.amount ?? null }) },
      headroomPercent: { header: 'Headroom %', value: ({ headroom }) => ({ number: headroom?.percent ?? null }) },
      lowRule: { header: 'Low rule', value: ({ lowRule }) => lowRule?.rule },
      lowRuleThreshold: {
        header: 'Low rule threshold',
        value: ({ lowRule }) => thresholdCell(lowRule?.threshold ?? null),
      },
      lowRuleCurrency: { header: 'Low rule currency', value: ({ lowRule }) => lowRule?.threshold?.currency },
      lowRuleReason: { header: 'Low rule reason', value: ({ lowRule }) => lowRule?.reason },
      profileName: { header: 'Profile', value: ({ profileName }) => profileName },
      nextCheckAt: { header: 'Next check', value: ({ nextCheckAt }) => nextCheckAt },
      lastCheckAt: { header: 'Last check', value: ({ lastCheckAt }) => lastCheckAt },
      lastNoticeAt: { header: 'Last notification', value: ({ lastNoticeAt }) => lastNoticeAt },
      lastChargeAt: { header: 'Last charge', value: ({ lastChargeAt }) => lastChargeAt },
      balanceModel,
      creditLimit,
      temporaryCredit: {
        header: 'Temporary credit',
        value: ({ temporaryCredit }) => ({ number: temporaryCredit?.amount ?? null }),
      },
      temporaryCreditUntil: {
        header: 'Temporary credit until',
        value: ({ temporaryCredit }) => temporaryCredit?.until,
      },
      status,
      billingEmail,
      ownerEmail,
      paymentTerms: { header: 'Payment terms', value: ({ paymentTermsLabel }) => paymentTermsLabel },
      tags,
      taxProfile: { header: 'Tax profile', value: ({ taxProfileName }) => taxProfileName },
      clientTemplate: { header: 'Client template', value: ({ clientTemplateName }) => clientTemplateName },
      customerClass: { header: 'Customer class', value: ({ customerClassName }) => customerClassName },
      originationRateTable: {
        header: 'Origination rate table',
        value: ({ originationRateTableName }) => originationRateTableName,
      },
      terminationRateTable: {
        header: 'Termination rate table',
        value: ({ terminationRateTableName }) => terminationRateTableName,
      },
      agreement: { header: 'Agreement', value: ({ agreementName }) => agreementName },
      invoiceTemplate: { header: 'Invoice template', value: ({ invoiceTemplateName }) => invoiceTemplateName },
      resellerName: { header: 'Reseller', value: ({ resellerName }) => resellerName },
      managerName: { header: 'Manager', value: ({ managerName }) => managerName },
      timezone,
      overdue: { header: 'Check overdue', value: ({ overdue }) => overdue },
      mailFailing: { header: 'Notifications failing', value: ({ mailFailing }) => mailFailing },
      recipientMissing: { header: 'No recipients', value: ({ recipientMissing }) => recipientMissing },
      createdAt: { header: 'Created', value: ({ createdAt }) => createdAt },
      ...moreFields,
    },
  },
});
