import { notificationList } from '../../../storage/notifications/notifications-read.js';
import { notificationFilterOf, notificationListQuery } from '../notifications/list-notifications.js';
import { notificationJson } from '../notifications/shared.js';
import { defineExport } from './define.js';

export const exportNotifications = defineExport({
  id: 'exportNotifications',
  name: 'notifications',
  what: 'notifications',
  scope: 'notifications:read',
  query: notificationListQuery,
  rows: ({ query, caller, context }) => notificationList(context.sql, caller.resellerId, notificationFilterOf(query)),
  toJson: notificationJson,
  columns: {
    at: { header: 'Time', value: ({ at }) => at },
    id: { header: 'ID', value: ({ id }) => ({ number: id }) },
    clientId: { header: 'Client ID', value: ({ clientId }) => ({ number: clientId }) },
    clientName: { header: 'Client', value: ({ clientName }) => clientName },
    kind: { header: 'Kind', value: ({ kind }) => kind },
    rule: { header: 'Rule', value: ({ rule }) => rule },
    to: { header: 'Recipients', value: ({ to }) => to.join(', ') },
    acceptedFor: { header: 'Accepted for', value: ({ acceptedFor }) => acceptedFor.join(', ') },
    status: { header: 'Status', value: ({ status }) => status },
    number: { header: 'Number', value: ({ number }) => ({ number }) },
    max: { header: 'Of', value: ({ max }) => ({ number: max }) },
    available: { header: 'Available', value: ({ available }) => ({ number: available }) },
    currency: { header: 'Currency', value: ({ currency }) => currency },
    subject: { header: 'Subject', value: ({ subject }) => subject },
    deliveries: {
      header: 'Deliveries',
      value: ({ deliveries }) => deliveries.map(({ to, status }) => `${to}: ${status}`).join(', '),
    },
    attempts: {
      header: 'Attempts',
      value: ({ deliveries }) => ({ number: deliveries.reduce((sum, { attempts }) => sum + attempts, 0) }),
    },
    acceptedAt: { header: 'Accepted', value: ({ acceptedAt }) => acceptedAt },
    nextAttemptAt: { header: 'Next attempt', value: ({ nextAttemptAt }) => nextAttemptAt },
    messageId: {
      header: 'Message-ID',
      value: ({ deliveries }) => deliveries.map(({ messageId }) => messageId).join(' '),
    },
  },
});
