import { clientList, clientSorts } from '../../../storage/clients/client-list.js';
import { readSpending } from '../../../storage/clients/runway.js';
import { defineList } from '../../contract/define-list.js';
import { clientJson } from './convert.js';
import { clientFilters, storedFilter } from './filters.js';
import { runwayOf } from './runway.js';
import { clientListItem } from './schema.js';

export const listClientsOperation = defineList({
  id: 'listClients',
  path: '/v1/clients',
  area: 'clients',
  summary: 'List clients',
  description: 'Active ones unless `status` says otherwise.',
  scope: 'clients:read',
  filters: clientFilters,
  sorts: clientSorts,
  order: 'name',
  page: 'A page of clients',
  item: clientListItem,
  rows: (q, { filter, caller, now }) => clientList(q, caller.resellerId, storedFilter(filter), now),
  toJson: (row, { now }) => clientJson(row, now),
  include: {
    runway: {
      what: 'how long the money of each lasts',
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
      name: { header: 'Name', value: ({ name }) => name },
      externalId: { header: 'External ID', value: ({ externalId }) => externalId },
      available: {
        header: 'Available',
        value: ({ balance: { available } }) =>
          available && 'amount' in available ? { number: available.amount } : null,
      },
      unlimited: { header: 'Unlimited', value: ({ balanceModel }) => balanceModel === 'unlimited' },
      live: { header: 'Live', value: ({ balance }) => ({ number: balance.live?.amount ?? null }) },
      fixed: { header: 'Fixed', value: ({ balance }) => ({ number: balance.fixed?.amount ?? null }) },
      currency: { header: 'Currency', value: ({ currency }) => currency },
      state: { header: 'State', value: ({ state }) => state },
      nearestThreshold: {
        header: 'Nearest threshold',
        value: ({ nearestThreshold }) => ({ number: nearestThreshold?.amount ?? null }),
      },
      headroom: { header: 'Headroom', value: ({ headroom }) => ({ number: headroom?.amount ?? null }) },
      headroomPercent: { header: 'Headroom %', value: ({ headroom }) => ({ number: headroom?.percent ?? null }) },
      profileName: { header: 'Profile', value: ({ profileName }) => profileName },
      nextCheckAt: { header: 'Next check', value: ({ nextCheckAt }) => nextCheckAt },
      lastCheckAt: { header: 'Last check', value: ({ lastCheckAt }) => lastCheckAt },
      lastNoticeAt: { header: 'Last notice', value: ({ lastNoticeAt }) => lastNoticeAt },
      lastChargeAt: { header: 'Last charge', value: ({ lastChargeAt }) => lastChargeAt },
      balanceModel: { header: 'Balance model', value: ({ balanceModel }) => balanceModel },
      creditLimit: { header: 'Credit limit', value: ({ creditLimit }) => ({ number: creditLimit }) },
      temporaryCredit: {
        header: 'Temporary credit',
        value: ({ temporaryCredit }) => ({ number: temporaryCredit?.amount ?? null }),
      },
      temporaryCreditUntil: {
        header: 'Temporary credit until',
        value: ({ temporaryCredit }) => temporaryCredit?.until,
      },
      status: { header: 'Status', value: ({ status }) => status },
      billingEmail: { header: 'Billing e-mail', value: ({ billingEmail }) => billingEmail },
      ownerEmail: { header: 'Owner e-mail', value: ({ ownerEmail }) => ownerEmail },
      paymentTerms: { header: 'Payment terms', value: ({ paymentTerms }) => paymentTerms },
      tags: { header: 'Tags', value: ({ tags }) => tags.join(', ') },
      resellerName: { header: 'Reseller', value: ({ resellerName }) => resellerName },
      managerName: { header: 'Manager', value: ({ managerName }) => managerName },
      timezone: { header: 'Time zone', value: ({ timezone }) => timezone },
      overdue: { header: 'Check overdue', value: ({ overdue }) => overdue },
      mailFailing: { header: 'Mail failing', value: ({ mailFailing }) => mailFailing },
      recipientMissing: { header: 'Recipient missing', value: ({ recipientMissing }) => recipientMissing },
      createdAt: { header: 'Created', value: ({ createdAt }) => createdAt },
    },
  },
});
