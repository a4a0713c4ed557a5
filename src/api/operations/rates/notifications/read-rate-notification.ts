import { DomainError } from '../../../../domain/errors.js';
import { readRateNotifications } from '../../../../storage/rates/notifications/rate-notification-list.js';
import { ok } from '../../../contract/answers.js';
import { defineOperation } from '../../../contract/operation.js';
import { rateNotificationJson, rateNotificationParams, rateNotificationSchema } from './schema.js';

export const readRateNotificationOperation = defineOperation({
  id: 'readRateNotification',
  method: 'get',
  path: '/v1/rate-notifications/{id}',
  area: 'rate-tables',
  summary: 'Get a rate notification',
  scope: 'notifications:read',
  request: { params: rateNotificationParams },
  responses: { 200: { description: 'The rate notification', schema: rateNotificationSchema } },
  async handler({ params, scope }) {
    const [row] = await scope.read((q) => readRateNotifications(q, scope.resellerId, [params.id]));
    if (!row) throw new DomainError('not_found', `there is no rate notification ${params.id}`, '/path/id');
    return ok(rateNotificationJson(row));
  },
});
