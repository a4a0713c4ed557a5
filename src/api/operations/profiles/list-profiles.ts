import { plainRow, profileList, profileSorts } from '../../../storage/profiles/profiles.js';
import { defineList } from '../../contract/define-list.js';
import { currency, line, reference } from '../../contract/schemas.js';
import { profileListJson } from './convert.js';
import { profileListItem } from './schema.js';

export const listProfilesOperation = defineList({
  id: 'listProfiles',
  path: '/v1/profiles',
  area: 'profiles',
  summary: 'List low balance profiles',
  scope: 'profiles:read',
  filters: {
    q: line(200).optional().openapi({ description: 'Part of the name, ignoring case, or the id' }),
    name: line(200).optional().openapi({ description: 'Start of the name' }),
    resellerId: reference.optional().openapi({ description: 'Profiles of this reseller and its sub-resellers' }),
    currency: currency.optional(),
    channelId: reference.optional().openapi({ description: 'Profiles with a rule that notifies this channel' }),
  },
  sorts: profileSorts,
  order: 'sortOrder',
  page: 'A page of profiles',
  item: profileListItem,
  rows: (q, { filter, caller }) => profileList(q, caller.resellerId, filter),
  toJson: (row) => profileListJson(plainRow(row)),
  csv: {
    id: 'exportProfiles',
    name: 'profiles',
    what: 'low balance profiles',
    columns: {
      id: { header: 'ID', value: ({ id }) => ({ number: id }) },
      name: { header: 'Name', value: ({ name }) => name },
      userThreshold: {
        header: 'User notification threshold',
        value: ({ userNotification }) => ({ number: userNotification.threshold }),
      },
      userNotify: { header: 'Notify owner', value: ({ userNotification }) => userNotification.notify },
      clientThreshold: {
        header: 'Client notification threshold',
        value: ({ clientNotification }) => ({ number: clientNotification.threshold }),
      },
      clientNotify: { header: 'Notify client', value: ({ clientNotification }) => clientNotification.notify },
      advancedRuleCount: {
        header: 'Advanced rules',
        value: ({ advancedRuleCount }) => ({ number: advancedRuleCount }),
      },
      periodHours: { header: 'Period (hours)', value: ({ periodHours }) => ({ number: periodHours }) },
      maxNotifications: { header: 'Max qty', value: ({ maxNotifications }) => ({ number: maxNotifications }) },
      resellerName: { header: 'Reseller', value: ({ resellerName }) => resellerName },
      currency: { header: 'Currency', value: ({ currency }) => currency },
      clients: { header: 'Clients', value: ({ clients }) => ({ number: clients }) },
      lowNow: { header: 'Low now', value: ({ lowNow }) => ({ number: lowNow }) },
      sortOrder: { header: 'Sort order', value: ({ sortOrder }) => ({ number: sortOrder }) },
      createdAt: { header: 'Created', value: ({ createdAt }) => createdAt },
      updatedAt: { header: 'Changed', value: ({ updatedAt }) => updatedAt },
    },
  },
});
