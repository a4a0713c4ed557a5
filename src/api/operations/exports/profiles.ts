import { plainRow, profileList } from '../../../storage/profiles/profiles.js';
import { profileListJson } from '../profiles/convert.js';
import { profileFilterOf, profileListQuery } from '../profiles/list-profiles.js';
import { defineExport } from './define.js';

export const exportProfiles = defineExport({
  id: 'exportProfiles',
  name: 'profiles',
  what: 'Low Balance Profiles',
  scope: 'profiles:read',
  query: profileListQuery,
  rows: ({ query, caller, context }) => profileList(context.sql, caller.resellerId, profileFilterOf(query)),
  toJson: (row) => profileListJson(plainRow(row)),
  columns: {
    id: { header: 'ID', value: ({ id }) => ({ number: id }) },
    name: { header: 'Name', value: ({ name }) => name },
    userThreshold: {
      header: 'User threshold',
      value: ({ userNotification }) => ({ number: userNotification.threshold }),
    },
    userNotify: { header: 'Notify owner', value: ({ userNotification }) => userNotification.notify },
    clientThreshold: {
      header: 'Client threshold',
      value: ({ clientNotification }) => ({ number: clientNotification.threshold }),
    },
    clientNotify: { header: 'Notify client', value: ({ clientNotification }) => clientNotification.notify },
    advancedRuleCount: { header: 'Advanced rules', value: ({ advancedRuleCount }) => ({ number: advancedRuleCount }) },
    periodHours: { header: 'Period, h', value: ({ periodHours }) => ({ number: periodHours }) },
    maxNotifications: { header: 'Max qty', value: ({ maxNotifications }) => ({ number: maxNotifications }) },
    resellerName: { header: 'Reseller', value: ({ resellerName }) => resellerName },
    currency: { header: 'Currency', value: ({ currency }) => currency },
    clients: { header: 'Clients', value: ({ clients }) => ({ number: clients }) },
    lowNow: { header: 'Low now', value: ({ lowNow }) => ({ number: lowNow }) },
    sortOrder: { header: 'Sort order', value: ({ sortOrder }) => ({ number: sortOrder }) },
    createdAt: { header: 'Created', value: ({ createdAt }) => createdAt },
    updatedAt: { header: 'Changed', value: ({ updatedAt }) => updatedAt },
  },
});
