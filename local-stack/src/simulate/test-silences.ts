import type { Requester } from '../../../src/services/change.js';
import { createSilence } from '../../../src/services/silences/create-silence.js';
import { expireSilence } from '../../../src/services/silences/update-silence.js';
import { ignoreExpectedRefusal } from '../../../src/simulate/expected-refusals.js';
import type { ClientsSilence } from '../../../src/simulate/scenario.js';

const reason = 'scenario';

/** The silences over many clients of a story, in the database. */
export class TestSilences {
  /** ids in the database by the ids of the story */
  private readonly ids = new Map<string, string>();

  /** Over the clients of the reseller, of these over those with a tag, or with a profile. */
  async create(
    requester: Requester,
    { id, tag, fromMs, untilMs }: ClientsSilence,
    { profileId, shiftMs }: { readonly profileId: string | null; readonly shiftMs: number },
  ): Promise<void> {
    const { id: silenceId } = await createSilence(requester, {
      ...{ resellerId: requester.scope.resellerId, tag, profileId, comment: reason },
      ...{ startsAt: new Date(fromMs + shiftMs), endsAt: new Date(untilMs + shiftMs) },
    });
    this.ids.set(id ?? silenceId, silenceId);
  }

  async expire(requester: Requester, id: string): Promise<void> {
    const silenceId = this.ids.get(id);
    if (silenceId === undefined) throw new Error(`the scenario has no silence ${id}`);
    this.ids.delete(id);
    await expireSilence(requester, silenceId, reason);
  }

  /** Ends those that have not ended: they cover no client of a later story. */
  async expireAll(requester: Requester): Promise<void> {
    for (const id of [...this.ids.keys()]) await ignoreExpectedRefusal(this.expire(requester, id));
  }
}
