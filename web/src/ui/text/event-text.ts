import type { components } from '../../api/schema';
import { codeText } from '../../api/problems';
import { membersOf } from '../../api/types';
import { isKey, t } from '../../i18n/t';
import { eventDataText } from './event-data';

/** Every kind of event in words: what happened, why, and what to do. */

type Event = components['schemas']['Event'];
export type EventKind = Event['kind'];
export type EventSeverity = Event['severity'];

/** What a text about an event is made of. */
type DescribedEvent = Pick<Event, 'kind' | 'data'>;

export const eventKinds = membersOf<EventKind>({
  'rate.missing': true,
  'payment.refused': true,
  'source.failing': true,
  'mailbox.failing': true,
  'template.failed': true,
  'credit.requested': true,
  'invoice.too_many_missed': true,
  'monitor.stuck': true,
  'monitor.replaced': true,
  'client.low': true,
  'invoice.overdue': true,
  'capacity.reduced': true,
  'capacity.restored': true,
  'notification.no_recipients': true,
  'rate_notification.failed': true,
  'email.bounced': true,
  'auto_payment.frozen': true,
  'card_payment.problem': true,
  'webhook.disabled': true,
});

/** Why payments are rejected; the API may know more. */
export const rejectionReasons = ['not_found', 'client_deleted', 'currency_mismatch', 'conflict'] as const;

export const eventKindText = (kind: EventKind): string => t(`events.kind.${kind}`);

function rejectionText(reason: string): string {
  const key = `events.reason.${reason}`;
  return isKey(key) ? t(key) : (codeText(reason) ?? reason);
}

/** `Payment rejected: unknown client`, by the name of a group. */
export function eventGroupLabel(kind: EventKind, reason: string | null): string {
  return reason === null ? eventKindText(kind) : `${eventKindText(kind)}: ${rejectionText(reason)}`;
}

/** `42 payments rejected: unknown client` */
export function eventGroupText(kind: EventKind, reason: string | null, n: number): string {
  return t(`events.group.${kind}`, { n, reason: rejectionText(reason ?? '') });
}

/** One line, without a period: for lists and headings. */
export const eventText = (event: DescribedEvent): string => t(`events.says.${event.kind}`, variablesOf(event));

export function eventWhy(event: DescribedEvent): string {
  const { kind, data } = event;
  return t(
    kind === 'monitor.replaced' && data['lost'] ? `events.why.${kind}.lost` : `events.why.${kind}`,
    variablesOf(event),
  );
}

export function eventTodo(event: DescribedEvent): string {
  const key = `events.todo.${event.kind}.${event.data['reason'] ?? ''}`;
  return t(isKey(key) ? key : `events.todo.${event.kind}`, variablesOf(event));
}

const unknownWhenMissing = [
  'from',
  'to',
  'paymentId',
  'source',
  'mailbox',
  'template',
  'version',
  'client',
  'amount',
  'card',
  'currency',
  'available',
  'threshold',
  'capacity',
  'normalCapacity',
  'endpoint',
  'invoice',
  'outstanding',
  'dueOn',
  'lastError',
  'since',
  'notification',
  'rateTable',
] as const;

function variablesOf({ data }: DescribedEvent): Readonly<Record<string, string>> {
  const unknown = Object.fromEntries(unknownWhenMissing.map((name) => [name, t('common.unknown')]));
  const known = Object.keys(data)
    .filter((name) => data[name] !== '')
    .map((name) => [name, eventDataText(data, name)]);
  return { ...unknown, ...Object.fromEntries(known), reason: rejectionText(data['reason'] ?? '') };
}
