import type { EventFields } from './scenario-schema.js';

/** Faults of the events about silences; `hasProfile`: the client has one at the start. */
export function silenceErrors(events: readonly EventFields[], hasProfile: boolean): string[] {
  /** ends of the silences that can be ended, by their ids */
  const ends = new Map<string, number>();
  let canBeOfProfile = hasProfile;
  return events.flatMap((event, index) => {
    if (event.profile !== undefined) canBeOfProfile = true;
    return errorsOf(event, ends, canBeOfProfile).map((fault) => `events[${index}].${fault}`);
  });
}

function errorsOf(event: EventFields, ends: Map<string, number>, canBeOfProfile: boolean): string[] {
  const { at, silence, clientsSilence, expireSilence } = event;
  if (silence) return silence.until <= at ? ['silence.until: must be later than the event'] : [];
  if (expireSilence) {
    const { id } = expireSilence;
    const endMs = ends.get(id);
    ends.delete(id);
    if (endMs === undefined)
      return [`expireSilence.id: must be the id of an earlier clientsSilence that was not ended`];
    return endMs <= at ? [`expireSilence.id: the silence "${id}" has ended by then`] : [];
  }
  if (!clientsSilence) return [];
  const { id, profile, from = at, until } = clientsSilence;
  const faults: string[] = [];
  if (until <= Math.max(at, from)) faults.push('clientsSilence.until: must be later than the event and than from');
  if (profile && !canBeOfProfile) faults.push('clientsSilence.profile: must be left out: the client has no profile');
  if (id === undefined) return faults;
  if (ends.has(id)) faults.push(`clientsSilence.id: must differ from that of another silence: "${id}"`);
  ends.set(id, until);
  return faults;
}
