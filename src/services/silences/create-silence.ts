import { DomainError } from '../../domain/errors.js';
import { findReseller } from '../../storage/resellers/resellers.js';
import {
  countCurrentSilences,
  insertSilence,
  isUsableProfile,
  type SilenceFields,
  type SilenceMatcher,
  type SilenceRow,
} from '../../storage/silences/silences.js';
import type { Queries } from '../../storage/system/database.js';
import { change, recorded, type Requester } from '../change.js';
import { rereadSilence, silenceEntry } from './silence-entry.js';
import { silenceTimes } from './silence-times.js';

/** How many silences a reseller can have at a time that have not ended: monitors read all that cover their client. */
const maxCurrentSilences = 100;

/**
 * Silences the clients that match, now or later, from the start to the end. Their monitors are signaled as of any other
 * change of configuration.
 *
 * @throws DomainError `not_found` for a reseller or profile outside of the scope, `invalid` for times that do not fit,
 * `conflict` for too many silences
 */
export function createSilence(requester: Requester, fields: SilenceFields): Promise<SilenceRow> {
  const { scope, actor, now } = requester;
  return change(requester, async (tx) => {
    await requireMatcher(tx, scope.resellerId, fields);
    const times = silenceTimes(fields, now);
    const reader = { resellerId: scope.resellerId, at: new Date(now) };
    if ((await countCurrentSilences(tx, reader, fields.resellerId)) >= maxCurrentSilences) {
      const rule = `a reseller can have up to ${maxCurrentSilences} silences that have not ended: end one of them first`;
      throw new DomainError('conflict', rule, '/resellerId');
    }
    const id = await insertSilence(tx, { ...fields, ...times }, actor.id);
    const row = await rereadSilence(tx, requester, id);
    return recorded(row, silenceEntry('silence.create', fields.comment, null, row));
  });
}

/** @throws DomainError `not_found` for a reseller or profile outside of the scope */
export async function requireMatcher(q: Queries, withinId: string, matcher: SilenceMatcher): Promise<void> {
  const { resellerId, profileId } = matcher;
  if (!(await findReseller(q, withinId, resellerId))) {
    throw new DomainError('not_found', `there is no reseller ${resellerId}`, '/resellerId');
  }
  if (profileId !== null && !(await isUsableProfile(q, withinId, profileId))) {
    throw new DomainError('not_found', `there is no profile ${profileId}`, '/profileId');
  }
}
