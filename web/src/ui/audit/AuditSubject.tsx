import { Anchor } from '@mantine/core';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import type { components } from '../../api/schema';
import { isKey, t } from '../../i18n/t';

type Entry = Pick<
  components['schemas']['AuditEntry'],
  'subjectType' | 'subjectId' | 'subjectName' | 'before' | 'after'
>;

/** What is done, by what it is done to. */
export const actions = [
  'client.create',
  'client.update',
  'client.delete',
  'invoice.create',
  'invoice.update',
  'invoice.delete',
  'invoice.issue',
  'invoice.void',
  'credit_note.create',
  'payment.refund',
  'payment.reverse',
  'client.last_invoiced',
  'invoice_numbers.update',
  'credit_limit.set',
  'temporary_credit.grant',
  'temporary_credit.change',
  'temporary_credit.cancel',
  'account.create',
  'account.update',
  'account.close',
  'transfer.create',
  'transfer.undo',
  'profile.create',
  'profile.update',
  'profile.delete',
  'company.create',
  'company.update',
  'company.delete',
  'company.reset',
  'monitor.start',
  'monitor.restart',
  'monitor.check',
  'monitor.pause',
  'monitor.resume',
  'monitor.silence',
  'credit_request.create',
  'credit_request.approve',
  'credit_request.refuse',
  'credit_request.withdraw',
  'credit_request.expire',
  'credit_request.grant',
  'credit_request.fail',
  'rule.reset',
  'notification.resend',
  'mail_template.create',
  'mail_template.update',
  'mail_template.delete',
  'exchange_rate.create',
  'rate_table.create',
  'rate_table.update',
  'rate_table.delete',
  'rate_table.export',
  'rate_table.import',
  'agreement.create',
  'agreement.update',
  'agreement.delete',
  'rate_notification.send',
  'table_rate.create',
  'table_rate.update',
  'table_rate.delete',
  'reseller.create',
  'reseller.update',
  'user.create',
  'user.update',
  'user.delete',
  'user.set_password',
  'user.invite',
  'user.change_second_factor',
  'login_settings.update',
  'installation_settings.update',
  'task.update',
  'task.pause',
  'task.resume',
  'task.run',
  'session.login',
  'session.logout',
  'session.end',
  'session.login_failed',
  'session.second_step_failed',
  'session.login_throttled',
  'session.password_forgotten',
  'api_key.create',
  'api_key.revoke',
  'webhook_source.create',
  'webhook_source.update',
  'webhook_source.rotate',
  'webhook_source.delete',
  'webhook_endpoint.create',
  'webhook_endpoint.update',
  'webhook_endpoint.rotate',
  'webhook_endpoint.test',
  'webhook_endpoint.replay',
  'webhook_endpoint.delete',
  'webhook_delivery.retry',
  'notification_channel.create',
  'notification_channel.update',
  'notification_channel.test',
  'notification_channel.delete',
  'saved_view.create',
  'saved_view.update',
  'saved_view.delete',
  'event.resolve',
  'job.start',
  'job.cancel',
  'job.retry',
] as const;

export const subjectTypes = [
  'client',
  'profile',
  'temporary_credit',
  'credit_request',
  'account',
  'transfer',
  'company',
  'monitor',
  'notification',
  'mail_template',
  'exchange_rate',
  'rate_table',
  'agreement',
  'rate_notification',
  'table_rate',
  'reseller',
  'user',
  'login_settings',
  'installation_settings',
  'task',
  'api_key',
  'webhook_source',
  'webhook_endpoint',
  'notification_channel',
  'saved_view',
  'event',
  'job',
] as const;

/** In words; what this page does not know yet, as the API names it. */
export function actionText(action: string): string {
  const key = `audit.action.${action}`;
  return isKey(key) ? t(key) : action;
}

export function subjectTypeText(type: string): string {
  const key = `audit.subjectType.${type}`;
  return isKey(key) ? t(key) : type;
}

const pageOf: Readonly<Record<string, (id: string) => string>> = {
  client: (id) => `/clients/${id}`,
  monitor: (id) => `/clients/${id}`,
  profile: (id) => `/profiles/${id}`,
  temporary_credit: (id) => `/credit?grant=${id}`,
  credit_request: (id) => `/credit?tab=requests&request=${id}`,
  notification: (id) => `/notifications/${id}`,
  company: (id) => `/companies/${id}`,
  task: () => '/tasks',
  job: (id) => `/jobs/${id}`,
  notification_channel: (id) => `/developers?tab=channels&channel=${id}`,
  user: (id) => `/settings?user=${id}`,
};

/** What was changed, and the way to it. */
export function SubjectLink({ entry }: { readonly entry: Entry }): ReactNode {
  const { subjectType, subjectId } = entry;
  const text = `${subjectTypeText(subjectType)} ${nameOf(entry)}`;
  const to = pageOf[subjectType]?.(encodeURIComponent(subjectId.replace(/^monitor\//, '')));
  if (to === undefined) return text;
  return (
    <Anchor component={Link} to={to} size="sm">
      {text}
    </Anchor>
  );
}

/** What has no name goes by its number and the name of its client. */
function nameOf({ subjectType, subjectId, subjectName, before, after }: Entry): string {
  const name = after?.['name'] ?? before?.['name'];
  if (typeof name === 'string') return name;
  if (subjectName === null) return subjectId;
  return ofClients.includes(subjectType) ? `${subjectId} · ${subjectName}` : subjectName;
}

const ofClients: readonly string[] = ['temporary_credit', 'credit_request', 'account', 'transfer', 'notification'];
