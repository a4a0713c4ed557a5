import type {
  AdvanceGrantInput,
  AdvanceGrantResult,
  CancelGrantInput,
  ChangeGrantInput,
  GrantCreditInput,
  GrantRecord,
} from '../../contract/temporary-credit.js';
import { systemActor, type Actor } from '../../domain/monitoring/state.js';
import { advanceTemporaryCredit } from '../../services/credit/advance-temporary-credit.js';
import { cancelTemporaryCredit } from '../../services/credit/cancel-temporary-credit.js';
import { changeTemporaryCredit } from '../../services/credit/change-temporary-credit.js';
import { grantTemporaryCredit } from '../../services/credit/grant-temporary-credit.js';
import type { Requester } from '../../services/change.js';
import type { ActivityDeps } from '../deps.js';
import { withFailures } from '../failures.js';
import { requesterFor } from '../requester.js';

interface Asked<T> {
  readonly clientId: string;
  /** the monitor's clock */
  readonly at: number;
  readonly input: T;
}

/** Writing temporary credits. The database decides what is allowed; asked again with the same id it answers the same. */
export function creditActivities(deps: ActivityDeps) {
  const settings = { warningHours: deps.settings.creditWarningHours };
  const requester = (actor: Actor, at: number): Promise<Requester> => requesterFor(deps.sql, actor, at);
  return {
    grantCredit: ({ clientId, at, input }: Asked<GrantCreditInput>): Promise<GrantRecord> =>
      withFailures('grantCredit', async () =>
        grantTemporaryCredit(await requester(input.actor, at), clientId, input, settings),
      ),

    changeGrant: ({ clientId, at, input }: Asked<ChangeGrantInput>): Promise<GrantRecord> =>
      withFailures('changeGrant', async () =>
        changeTemporaryCredit(await requester(input.actor, at), clientId, input, settings),
      ),

    cancelGrant: ({ clientId, at, input }: Asked<CancelGrantInput>): Promise<GrantRecord> =>
      withFailures('cancelGrant', async () => cancelTemporaryCredit(await requester(input.actor, at), clientId, input)),

    /** The start, the warning or the revert that is due. */
    advanceGrant: ({ clientId, grantId, step, at }: AdvanceGrantInput): Promise<AdvanceGrantResult> =>
      withFailures('advanceGrant', async () => {
        const { done, version, validUntilMs } = await advanceTemporaryCredit(
          await requester(systemActor, at),
          clientId,
          grantId,
          step,
        );
        if (done && step === 'revert') deps.metrics?.revertLag.observe(Math.max(0, at - validUntilMs) / 1000);
        return { done, version };
      }),
  };
}
