import { content } from '../../contract/answers.js';
import { defineOperation } from '../../contract/operation.js';
import { deliveryParams, requireEmail } from './shared.js';

/** A message is shown as a foreign page: nothing in it runs, and it loads nothing. */
const sandbox = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:";

export const readDeliveryHtmlOperation = defineOperation({
  id: 'readDeliveryHtml',
  method: 'get',
  path: '/v1/deliveries/{id}/rendered.html',
  area: 'notifications',
  summary: 'Get the HTML part of a message as it was sent',
  scope: 'notifications:read',
  request: { params: deliveryParams },
  responses: { 200: { description: 'The HTML part', contentType: 'text/html' } },
  async handler({ params, scope }) {
    const { html } = await requireEmail(scope, params.id);
    return content('text/html; charset=utf-8', html, { headers: { 'Content-Security-Policy': sandbox } });
  },
});
