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
  'credit_limit.set',
  'temporary_credit.grant',
  'temporary_credit.change',
  'temporary_credit.cancel',
  'profile.create',
  'profile.update',
  'profile.delete',
  'monitor.start',
  'monitor.restart',
  'monitor.check',
  'monitor.pause',
  'monitor.resume',
  'monitor.silence',
  'rule.reset',
  'notification.resend',
  'mail_template.create',
  'mail_template.update',
  'mail_template.delete',
  'exchange_rate.create',
  'reseller.create',
  'reseller.update',
  'user.create',
  'user.update',
  'user.delete',
  'user.set_password',
  'session.login',
  'session.logout',
  'session.login_failed',
  'session.login_throttled',
  'api_key.create',
  'api_key.revoke',
  'webhook_source.create',
  'webhook_source.update',
  'webhook_source.rotate',
  'webhook_source.delete',
  'saved_view.create',
  'saved_view.update',
  'saved_view.delete',
  'event.resolve',
] as const;

export const subjectTypes = [
  'client',
  'profile',
  'temporary_credit',
  'monitor',
  'notification',
  'mail_template',
  'exchange_rate',
  'reseller',
  'user',
  'api_key',
  'webhook_source',
  'saved_view',
  'event',
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
  notification: (id) => `/notifications/${id}`,
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

/** What has no name of its own goes by its number and the name of its client. */
function nameOf({ subjectType, subjectId, subjectName, before, after }: Entry): string {
  const name = after?.['name'] ?? before?.['name'];
  if (typeof name === 'string') return name;
  if (subjectName === null) return subjectId;
  return ofClients.includes(subjectType) ? `${subjectId} · ${subjectName}` : subjectName;
}

const ofClients: readonly string[] = ['temporary_credit', 'notification'];
