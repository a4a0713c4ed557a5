import type { Timeline } from '../queries';

type Mail = Timeline['notifications'][number];
type Payment = Timeline['payments'][number];
type LimitChange = Timeline['creditLimitChanges'][number];
type ProfileChange = Timeline['profileChanges'][number];
type Reset = Timeline['counterResets'][number];
type Grant = Timeline['temporaryCredits'][number];
type ChargeDay = Timeline['chargeDays'][number];

/** A marker on the chart, and a row under it. */
export type TimelineEvent = { readonly key: string; readonly at: number; readonly look: EventLook } & (
  | { readonly kind: 'mail'; readonly mail: Mail }
  | { readonly kind: 'payment'; readonly payment: Payment }
  | { readonly kind: 'limit'; readonly change: LimitChange }
  | { readonly kind: 'profile'; readonly change: ProfileChange }
  | { readonly kind: 'grant'; readonly grant: Grant }
  | { readonly kind: 'reset'; readonly reset: Reset }
  | { readonly kind: 'charges'; readonly day: ChargeDay }
);

export const eventLooks = [
  'payment',
  'accepted',
  'pending',
  'failed',
  'limit',
  'profile',
  'grant',
  'reset',
  'charges',
] as const;
export type EventLook = (typeof eventLooks)[number];

/** All kinds on one axis, newest first. */
export function eventsOf(timeline: Timeline): readonly TimelineEvent[] {
  const events: TimelineEvent[] = [
    ...timeline.notifications.map((mail) => ({
      key: `mail-${mail.id}`,
      at: Date.parse(mail.at),
      look: notificationLook(mail),
      kind: 'mail' as const,
      mail,
    })),
    ...timeline.payments.map((payment) => ({
      key: `payment-${payment.id}`,
      at: Date.parse(payment.at),
      look: 'payment' as const,
      kind: 'payment' as const,
      payment,
    })),
    ...timeline.creditLimitChanges.map((change, index) => ({
      key: `limit-${index}`,
      at: Date.parse(change.at),
      look: 'limit' as const,
      kind: 'limit' as const,
      change,
    })),
    ...timeline.profileChanges.map((change, index) => ({
      key: `profile-${index}`,
      at: Date.parse(change.at),
      look: 'profile' as const,
      kind: 'profile' as const,
      change,
    })),
    ...timeline.counterResets.map((reset) => ({
      key: `reset-${reset.at}-${reset.rule}`,
      at: Date.parse(reset.at),
      look: 'reset' as const,
      kind: 'reset' as const,
      reset,
    })),
    ...timeline.chargeDays.map((day) => ({
      key: `charges-${day.from}`,
      at: Date.parse(day.at),
      look: 'charges' as const,
      kind: 'charges' as const,
      day,
    })),
    ...timeline.temporaryCredits.map((grant) => ({
      key: `grant-${grant.id}`,
      at: Date.parse(grant.from),
      look: 'grant' as const,
      kind: 'grant' as const,
      grant,
    })),
  ];
  return events.sort((a, b) => b.at - a.at);
}

function notificationLook({ status }: Mail): EventLook {
  if (status === 'accepted' || status === 'failed') return status;
  return 'pending';
}

export interface Marker {
  readonly look: EventLook;
  readonly t: number;
  /** newest first */
  readonly events: readonly TimelineEvent[];
}

/** Places on the axis: what falls on one is one marker. */
const places = 90;

/** A marker for the events of one look that are too near to each other to be distinguished. */
export function markersOf(events: readonly TimelineEvent[], from: number, to: number): readonly Marker[] {
  const width = (to - from) / places;
  const found = new Map<string, Marker>();
  for (const event of events) {
    // A grant is a separate band; charges are the steps of the line.
    if (event.look === 'grant' || event.look === 'charges' || event.at < from) continue;
    const place = `${event.look} ${Math.floor((event.at - from) / width)}`;
    const marker = found.get(place);
    found.set(place, { look: event.look, t: marker?.t ?? event.at, events: [...(marker?.events ?? []), event] });
  }
  return [...found.values()];
}
