import type { EventData, EventKind } from '../domain/events/events.js';

/** An entry of the events log as a workflow asks for it: ids and small values only. */
export interface RaiseEventInput {
  readonly kind: EventKind;
  readonly clientId: string;
  /** ms since 1970 */
  readonly at: number;
  /** what makes two occurrences the same; absent: the kind decides, or the client */
  readonly cause?: string;
  readonly data: EventData;
}
