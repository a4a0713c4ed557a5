import { DomainError } from '../../../domain/errors.js';
import { toEml } from '../../../mail/outgoing.js';
import { listAttempts } from '../../../storage/notifications-read.js';
import { content } from '../../answers.js';
import { defineOperation } from '../../operation.js';
import { notificationParams, requireNotification } from './shared.js';

/** A mail is shown as somebody else's page: nothing in it runs, and it fetches nothing. */
const sandbox = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:";

export const readNotificationHtml = defineOperation({
  id: 'readNotificationHtml',
  method: 'get',
  path: '/v1/notifications/{id}/rendered.html',
  area: 'notifications',
  summary: 'Read the HTML part of a mail as it was sent',
  scope: 'notifications:read',
  request: { params: notificationParams },
  responses: { 200: { description: 'The HTML part', contentType: 'text/html' } },
  async handler({ params, caller, context }) {
    const { html } = await requireNotification(context, caller, params.id);
    if (html === null) throw new DomainError('not_found', 'this mail has no HTML part', '/path/id');
    return content('text/html; charset=utf-8', html, { headers: { 'Content-Security-Policy': sandbox } });
  },
});

export const readNotificationText = defineOperation({
  id: 'readNotificationText',
  method: 'get',
  path: '/v1/notifications/{id}/rendered.txt',
  area: 'notifications',
  summary: 'Read the text part of a mail as it was sent',
  scope: 'notifications:read',
  request: { params: notificationParams },
  responses: { 200: { description: 'The text part', contentType: 'text/plain' } },
  async handler({ params, caller, context }) {
    const { text } = await requireNotification(context, caller, params.id);
    if (text === null) throw new DomainError('not_found', 'this mail has no text part', '/path/id');
    return content('text/plain; charset=utf-8', text);
  },
});

export const readNotificationEml = defineOperation({
  id: 'readNotificationEml',
  method: 'get',
  path: '/v1/notifications/{id}/rendered.eml',
  area: 'notifications',
  summary: 'Download a mail with its headers, as it was sent',
  scope: 'notifications:read',
  request: { params: notificationParams },
  responses: { 200: { description: 'The mail (RFC 5322)', contentType: 'message/rfc822' } },
  async handler({ params, caller, context }) {
    const row = await requireNotification(context, caller, params.id);
    if (row.subject === null || row.html === null || row.text === null) {
      throw new DomainError('not_found', 'this mail was not written yet', '/path/id');
    }
    const attempts = await listAttempts(context.sql, caller.resellerId, row.id);
    const mail = await toEml(
      {
        messageId: row.messageId,
        to: row.recipients,
        subject: row.subject,
        html: row.html,
        text: row.text,
        date: attempts.at(-1)?.startedAt ?? row.checkAt,
      },
      context.config.MAIL_FROM,
    );
    return content('message/rfc822', mail, {
      headers: { 'Content-Disposition': `attachment; filename="notification-${row.id}.eml"` },
    });
  },
});
