import type { components } from '../../api/schema';
import { intlLocale } from '../../i18n/language';
import { isKey, t } from '../../i18n/t';
import { zoneOf } from '../../i18n/zone';
import { moneyText } from './money-text';
import { notificationKindLabel, notificationKinds } from './notification-kind';
import { ruleName } from './rule-label';
import { dayText, timeText } from './time-text';

/** The data of an event in words: the name of each field, and its value as people read it. */

type Event = components['schemas']['Event'];
type EventData = Readonly<Event['data']>;

const amounts = ['amount', 'available', 'threshold', 'outstanding'];
const instants = ['expires', 'restoreAt', 'since'];
const days = ['dueOn'];

/** True for amounts, which are in the currency of the event. */
export const isEventAmount = (name: string): boolean => amounts.includes(name);

export const isEventInstant = (name: string): boolean => instants.includes(name);

/** A field that the page does not know keeps the name of the API. */
export function eventFieldLabel(kind: Event['kind'], name: string): string {
  if (kind === 'payment.refused' && name === 'client') return t('events.field.clientAsSent');
  const key = `events.field.${name}`;
  return isKey(key) ? t(key) : name;
}

export function eventDataText(data: EventData, name: string): string {
  const text = data[name] ?? '';
  if (isEventAmount(name)) return moneyText(text, data['currency'] ?? null, intlLocale());
  if (days.includes(name) && !Number.isNaN(Date.parse(text))) return dayText(text);
  if (isEventInstant(name) && !Number.isNaN(Date.parse(text)))
    return timeText(Date.parse(text), zoneOf(), intlLocale());
  if (name === 'kind') return kindText(text);
  if (name === 'notification') return notificationText(text);
  if (/capacity/i.test(name) && text === 'unlimited') return t('events.value.unlimited');
  return text;
}

/** A rule by its key, or the kind of a notification to the client. */
function notificationText(notification: string): string {
  const known = notificationKinds.find((name) => name === notification);
  return known ? notificationKindLabel(known) : ruleName(notification);
}

/** Of a credit request, or of the email whose template failed. */
function kindText(kind: string): string {
  if (kind === 'permanent' || kind === 'temporary') return t(`events.value.${kind}`);
  const known = notificationKinds.find((name) => name === kind);
  return known ? notificationKindLabel(known) : kind;
}
