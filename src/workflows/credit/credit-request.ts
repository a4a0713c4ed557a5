import { condition, proxyActivities, setHandler } from '@temporalio/workflow';
import type { EffectActivities } from '../../activities/index.js';
import { creditRequestChanged, type CreditRequestInput } from '../../contract/credit-requests.js';
import { bookkeepingPolicy } from '../policies.js';

const { advanceCreditRequest } = proxyActivities<EffectActivities>(bookkeepingPolicy);

/**
 * Waits for the decision about one credit request, and carries it out; expires it by a timer. The row is the truth: a
 * signal only says that it is worth a look, and a run that is lost or started twice grants nothing twice.
 */
export async function creditRequest({ creditRequestId }: CreditRequestInput): Promise<void> {
  let isChanged = false;
  setHandler(creditRequestChanged, () => {
    isChanged = true;
  });
  for (;;) {
    isChanged = false;
    const { waitMs } = await advanceCreditRequest({ creditRequestId, at: Date.now() });
    if (waitMs === null) return;
    await condition(() => isChanged, waitMs);
  }
}
