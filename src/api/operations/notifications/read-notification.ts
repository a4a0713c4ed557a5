import { ok } from '../../contract/answers.js';
import { defineOperation } from '../../contract/operation.js';
import { notificationDetailJson, notificationDetailSchema, notificationParams, requireNotification } from './shared.js';

export const readNotificationOperation = defineOperation({
  id: 'readNotification',
  method: 'get',
  path: '/v1/notifications/{id}',
  area: 'notifications',
  summary: 'Get a notification: its values and its deliveries with their outcomes',
  scope: 'notifications:read',
  request: { params: notificationParams },
  responses: { 200: { description: 'The notification', schema: notificationDetailSchema } },
  async handler({ params, context, scope }) {
    const row = await requireNotification(scope, params.id);
    return ok(notificationDetailJson(row, row.clientId === null ? null : context.temporal.uiUrl(row.clientId)));
  },
});
