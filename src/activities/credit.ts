import type {
  AdvanceGrantInput,
  AdvanceGrantResult,
  CancelGrantInput,
  ChangeGrantInput,
  GrantCreditInput,
  GrantRecord,
} from '../contract/monitor.js';
import { advanceTemporaryCredit } from '../storage/credit/temporary-credit-steps.js';
import {
  cancelTemporaryCredit,
  changeTemporaryCredit,
  grantTemporaryCredit,
} from '../storage/credit/temporary-credits.js';
import type { ActivityDeps } from './deps.js';
import { withFailures } from './failures.js';

interface Asked<T> {
  readonly clientId: string;
  /** the monitor's clock */
  readonly at: number;
  readonly input: T;
}

/** Writing temporary credits. The database decides what is allowed; asked again with the same id it answers the same. */
export function creditActivities(deps: ActivityDeps) {
  const settings = { warningHours: deps.settings.creditWarningHours };
  return {
    grantCredit: ({ clientId, at, input }: Asked<GrantCreditInput>): Promise<GrantRecord> =>
      withFailures('grantCredit', () => grantTemporaryCredit(deps.sql, clientId, input, at, settings)),

    changeGrant: ({ clientId, at, input }: Asked<ChangeGrantInput>): Promise<GrantRecord> =>
      withFailures('changeGrant', () => changeTemporaryCredit(deps.sql, clientId, input, at, settings)),

    cancelGrant: ({ clientId, at, input }: Asked<CancelGrantInput>): Promise<GrantRecord> =>
      withFailures('cancelGrant', () => cancelTemporaryCredit(deps.sql, clientId, input, at)),

    /** The start, the warning or the revert that is due. */
    advanceGrant: ({ clientId, grantId, step, at }: AdvanceGrantInput): Promise<AdvanceGrantResult> =>
      withFailures('advanceGrant', async () => {
        const { done, version, validUntilMs } = await advanceTemporaryCredit(deps.sql, clientId, grantId, step, at);
        if (done && step === 'revert') deps.metrics?.revertLag.observe(Math.max(0, at - validUntilMs) / 1000);
        return { done, version };
      }),
  };
}
