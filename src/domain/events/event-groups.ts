import { eventKindNames, eventKinds, type EventData, type EventKind } from './events.js';

/** Which events belong together: in one email to staff, and in one row of the lists. */

/** Names the events that staff reads about in one email. */
export function emailGroupOf(kind: EventKind, cause: string, data: EventData): string {
  const { emailedBy } = eventKinds[kind];
  const parts = emailedBy === 'cause' || emailedBy === null ? [cause] : emailedBy.map((name) => data[name] ?? '');
  return [kind, ...parts].join(' ');
}

/** Names the events that lists show as one group: `payment.refused:currency_mismatch`, `rate.missing`. */
export function eventGroupOf(kind: EventKind, data: EventData): string {
  const { groupedBy } = eventKinds[kind];
  return groupedBy === null ? kind : `${kind}:${data[groupedBy] ?? ''}`;
}

/** The parts of a group's name; a reason of null: the kind alone makes the group. */
export function splitEventGroup(group: string): { readonly kind: string; readonly reason: string | null } {
  const colon = group.indexOf(':');
  return colon < 0 ? { kind: group, reason: null } : { kind: group.slice(0, colon), reason: group.slice(colon + 1) };
}

/** Kinds whose end staff reads about once, where they read about the beginning: what kept the service from its work. */
export const recoveryEventKinds: readonly EventKind[] = eventKindNames.filter(
  (kind) => eventKinds[kind].severity === 'critical' && eventKinds[kind].resolvesItself,
);

/** Kinds about which staff gets no email. */
export const silentEventKinds = eventKindNames.filter((kind) => eventKinds[kind].emailedBy === null);
