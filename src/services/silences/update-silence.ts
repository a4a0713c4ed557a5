import { toSecond } from '../../domain/monitoring/schedule.js';
import { updateSilenceRow, type SilenceRow } from '../../storage/silences/silences.js';
import { change, recorded, type Precondition, type Requester } from '../change.js';
import { lockCurrentSilence, rereadSilence, silenceEntry } from './silence-entry.js';
import { silenceTimes } from './silence-times.js';

interface SilencePatch {
  readonly comment?: string | undefined;
  readonly endsAt?: Date | undefined;
}

/** Changes comment or end of a silence. @throws DomainError `not_found`, `invalid`; `conflict` for one that has ended */
export function updateSilence(
  requester: Requester,
  id: string,
  { patch, reason }: { readonly patch: SilencePatch; readonly reason: string | null },
  precondition: Precondition<SilenceRow>,
): Promise<SilenceRow> {
  return change(requester, async (tx) => {
    const before = await lockCurrentSilence(tx, requester, id);
    precondition(before);
    const endsAt = patch.endsAt
      ? silenceTimes({ ...before, endsAt: patch.endsAt }, requester.now).endsAt
      : before.endsAt;
    const { startsAt } = before;
    await updateSilenceRow(tx, id, { comment: patch.comment ?? before.comment, startsAt, endsAt, endedBy: null });
    const after = await rereadSilence(tx, requester, id);
    return recorded(after, silenceEntry('silence.update', reason, before, after));
  });
}

/** Ends a silence now, also one that has not begun. @throws DomainError `not_found`; `conflict` for one that has ended */
export function expireSilence(requester: Requester, id: string, reason: string): Promise<SilenceRow> {
  const now = new Date(toSecond(requester.now));
  return change(requester, async (tx) => {
    const before = await lockCurrentSilence(tx, requester, id);
    const startsAt = before.startsAt > now ? now : before.startsAt;
    const endedBy = requester.actor.id;
    await updateSilenceRow(tx, id, { comment: before.comment, startsAt, endsAt: now, endedBy });
    const after = await rereadSilence(tx, requester, id);
    return recorded(after, silenceEntry('silence.expire', reason, before, after));
  });
}
