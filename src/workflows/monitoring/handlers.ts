import { currentUpdateInfo, proxyActivities, setHandler, uuid4 } from '@temporalio/workflow';
import type { EffectActivities } from '../../activities/index.js';
import * as messages from '../../contract/messages.js';
import type {
  CheckNowInput,
  CheckNowResult,
  PauseInput,
  ResetRuleInput,
  SilenceInput,
} from '../../contract/monitor-requests.js';
import type {
  CancelGrantInput,
  ChangeGrantInput,
  GrantCreditInput,
  GrantRecord,
  GrantView,
} from '../../contract/temporary-credit.js';
import type { Explanation } from '../../domain/monitoring/explain.js';
import { toSecond } from '../../domain/monitoring/schedule.js';
import type { MonitorRequest } from '../../domain/monitoring/state.js';
import { writePolicy } from '../policies.js';
import type { MonitorContext } from './monitor-context.js';
import { toGrantView } from './temporary-credit.js';
import {
  validateCheckNow,
  validateGrant,
  validateGrantCancel,
  validateGrantChange,
  validateReason,
  validateReset,
  validateSilence,
} from './validators.js';

const { grantCredit, changeGrant, cancelGrant } = proxyActivities<EffectActivities>(writePolicy);

/**
 * Signals, updates, and the query of a monitor. A validator refuses before anything is written to the history; the loop
 * does the work in its turn, and the caller is answered once it is recorded.
 */
export function registerHandlers(context: MonitorContext): void {
  registerSignalHandlers(context);
  registerUpdateHandlers(context);
  setHandler(messages.explain, () => context.explain());
}

function registerSignalHandlers({ inbox }: MonitorContext): void {
  setHandler(messages.refilled, (payment) => {
    if (payment) inbox.add({ kind: 'refill', payment });
    else inbox.isDirty = true;
  });
  setHandler(messages.balanceChanged, () => {
    inbox.isDirty = true;
  });
  setHandler(messages.configurationChanged, () => {
    inbox.isDirty = true;
  });
}

function registerUpdateHandlers(context: MonitorContext): void {
  const { clientId } = context;
  setHandler(
    messages.checkNow,
    (input: CheckNowInput) => request<CheckNowResult>(context, { ...input, kind: 'checkNow' }),
    { validator: validateCheckNow },
  );
  setHandler(
    messages.resetRule,
    (input: ResetRuleInput) => request<Explanation>(context, { ...input, kind: 'resetRule' }),
    { validator: validateReset },
  );
  setHandler(
    messages.silence,
    ({ until, ...input }: SilenceInput) =>
      request<Explanation>(context, {
        ...input,
        kind: 'silence',
        until: until === null ? null : toSecond(Date.parse(until)),
      }),
    { validator: validateSilence },
  );
  setHandler(messages.pause, (input: PauseInput) => request<Explanation>(context, { ...input, kind: 'pause' }), {
    validator: validateReason,
  });
  setHandler(messages.resume, (input: PauseInput) => request<Explanation>(context, { ...input, kind: 'resume' }), {
    validator: validateReason,
  });
  setHandler(
    messages.grantCredit,
    (input: GrantCreditInput) => changeCredit(context, () => grantCredit({ clientId, at: context.now(), input })),
    { validator: validateGrant },
  );
  setHandler(
    messages.changeGrant,
    (input: ChangeGrantInput) => changeCredit(context, () => changeGrant({ clientId, at: context.now(), input })),
    { validator: validateGrantChange },
  );
  setHandler(
    messages.cancelGrant,
    (input: CancelGrantInput) => changeCredit(context, () => cancelGrant({ clientId, at: context.now(), input })),
    { validator: validateGrantCancel },
  );
}

type WithoutId<T> = T extends unknown ? Omit<T, 'id'> : never;

/** The kind comes last in `wanted`: a direct caller of Temporal may send a field of that name. */
function request<T>({ inbox, answers }: MonitorContext, wanted: WithoutId<MonitorRequest>): Promise<T> {
  const id = requestId();
  const answer = answers.wait(id);
  inbox.add({ kind: 'request', request: { ...wanted, id } });
  return answer as Promise<T>;
}

function changeCredit({ inbox, answers }: MonitorContext, change: () => Promise<GrantRecord>): Promise<GrantView> {
  const id = requestId();
  const answer = answers.wait(id);
  inbox.add({ kind: 'credit', id, run: async () => toGrantView(await change()) });
  return answer as Promise<GrantView>;
}

/** The update's own id is chosen by its caller; two updates never share one within a workflow. */
function requestId(): string {
  return currentUpdateInfo()?.id ?? uuid4();
}
