import type {
  CheckNowInput,
  CheckNowResult,
  PauseInput,
  ResetRuleInput,
  SilenceInput,
} from '../../../src/contract/monitor-requests.js';
import type {
  CancelGrantInput,
  ChangeGrantInput,
  GrantCreditInput,
  GrantView,
} from '../../../src/contract/temporary-credit.js';
import type { TaskState } from '../../../src/contract/tasks.js';
import { taskNames, type TaskName } from '../../../src/domain/system/tasks.js';
import type { Explanation } from '../../../src/domain/monitoring/explain.js';
import {
  TemporalUnavailable,
  type MonitorRun,
  type ResendInput,
  type RestartInput,
  type TemporalGateway,
} from '../../../src/temporal/gateway.js';

export interface GatewayCall {
  readonly method: string;
  readonly id: string;
  readonly input: unknown;
  /** of what changes something */
  readonly updateId?: string;
}

function newTask(task: TaskName): TaskState {
  const runs = [
    {
      ...{ runId: `${task}-1`, startedAt: '2026-03-01T10:00:00Z', endedAt: '2026-03-01T10:00:02Z' },
      ...{ status: 'completed' as const, found: { checked: 3, low: 1 }, failure: null },
    },
  ];
  return { task, everySeconds: 300, isPaused: false, note: null, nextRunAt: '2026-03-01T10:05:00Z', runs };
}

/**
 * A gateway that answers what a test says and remembers what it was asked.
 *
 * @example
 * temporal.answer('grantCredit', async (clientId, input) => ({ ...grant, clientId }));
 * temporal.down = true; // from here on every call throws TemporalUnavailable
 */
export class FakeTemporal implements TemporalGateway {
  down = false;
  readonly calls: GatewayCall[] = [];
  readonly tasks = Object.fromEntries(taskNames.map((task) => [task, newTask(task)])) as Record<TaskName, TaskState>;
  private readonly answers: Partial<TemporalGateway> = {};

  /** Says what one method does; the others refuse, so that a test notices what it did not expect. */
  answer<M extends keyof TemporalGateway>(method: M, as: TemporalGateway[M]): void {
    this.answers[method] = as;
  }

  private async ask<T>(
    method: keyof TemporalGateway,
    id: string,
    input: unknown,
    as: (() => Promise<T>) | null,
    updateId?: string,
  ): Promise<T> {
    this.calls.push({ method, id, input, ...(updateId !== undefined && { updateId }) });
    if (this.down) throw new TemporalUnavailable('connection refused');
    if (!as) throw new Error(`the test did not say what ${method} answers`);
    return as();
  }

  checkNow(clientId: string, input: CheckNowInput, updateId: string): Promise<CheckNowResult> {
    const { checkNow } = this.answers;
    const as = checkNow ? () => checkNow(clientId, input, updateId) : null;
    return this.ask('checkNow', clientId, input, as, updateId);
  }
  explain(clientId: string): Promise<Explanation> {
    const { explain } = this.answers;
    return this.ask('explain', clientId, null, explain ? () => explain(clientId) : null);
  }
  grantCredit(clientId: string, input: GrantCreditInput, updateId: string): Promise<GrantView> {
    const { grantCredit } = this.answers;
    const as = grantCredit ? () => grantCredit(clientId, input, updateId) : null;
    return this.ask('grantCredit', clientId, input, as, updateId);
  }
  changeGrant(clientId: string, input: ChangeGrantInput, updateId: string): Promise<GrantView> {
    const { changeGrant } = this.answers;
    const as = changeGrant ? () => changeGrant(clientId, input, updateId) : null;
    return this.ask('changeGrant', clientId, input, as, updateId);
  }
  cancelGrant(clientId: string, input: CancelGrantInput, updateId: string): Promise<GrantView> {
    const { cancelGrant } = this.answers;
    const as = cancelGrant ? () => cancelGrant(clientId, input, updateId) : null;
    return this.ask('cancelGrant', clientId, input, as, updateId);
  }
  resetRule(clientId: string, input: ResetRuleInput, updateId: string): Promise<Explanation | null> {
    const { resetRule } = this.answers;
    const as = resetRule ? () => resetRule(clientId, input, updateId) : null;
    return this.ask('resetRule', clientId, input, as, updateId);
  }
  silence(clientId: string, input: SilenceInput, updateId: string): Promise<Explanation | null> {
    const { silence } = this.answers;
    const as = silence ? () => silence(clientId, input, updateId) : null;
    return this.ask('silence', clientId, input, as, updateId);
  }
  pause(clientId: string, input: PauseInput, updateId: string): Promise<Explanation | null> {
    const { pause } = this.answers;
    const as = pause ? () => pause(clientId, input, updateId) : null;
    return this.ask('pause', clientId, input, as, updateId);
  }
  resume(clientId: string, input: PauseInput, updateId: string): Promise<Explanation | null> {
    const { resume } = this.answers;
    const as = resume ? () => resume(clientId, input, updateId) : null;
    return this.ask('resume', clientId, input, as, updateId);
  }
  removeMonitor(clientId: string): Promise<number> {
    const { removeMonitor } = this.answers;
    return this.ask('removeMonitor', clientId, null, removeMonitor ? () => removeMonitor(clientId) : null);
  }
  removeResends(deliveryIds: readonly string[]): Promise<void> {
    return this.ask('removeResends', deliveryIds.join(), null, async () => undefined);
  }
  describe(clientId: string): Promise<MonitorRun | null> {
    const { describe } = this.answers;
    return this.ask('describe', clientId, null, () => (describe ? describe(clientId) : Promise.resolve(null)));
  }
  start(clientId: string, resellerId: string): Promise<void> {
    const { start } = this.answers;
    return this.ask('start', clientId, resellerId, async () => start?.(clientId, resellerId));
  }
  restart(clientId: string, input: RestartInput): Promise<void> {
    const { restart } = this.answers;
    return this.ask('restart', clientId, input, async () => restart?.(clientId, input));
  }
  resend(deliveryId: string, input: ResendInput): Promise<void> {
    const { resend } = this.answers;
    return this.ask('resend', deliveryId, input, async () => resend?.(deliveryId, input));
  }
  wakeJob(jobId: string): Promise<void> {
    return this.ask('wakeJob', jobId, null, async () => undefined);
  }
  wakeCreditRequest(creditRequestId: string): Promise<void> {
    return this.ask('wakeCreditRequest', creditRequestId, null, async () => undefined);
  }
  wakeCardPayment(cardPaymentId: string): Promise<void> {
    return this.ask('wakeCardPayment', cardPaymentId, null, async () => undefined);
  }
  wakeRateNotification(rateNotificationId: string): Promise<void> {
    return this.ask('wakeRateNotification', rateNotificationId, null, async () => undefined);
  }
  readTask(task: TaskName): Promise<TaskState> {
    return this.ask('readTask', task, null, async () => this.tasks[task]);
  }
  readTasks(tasks: readonly TaskName[]): Promise<readonly TaskState[]> {
    return this.ask('readTasks', tasks.join(), null, async () => tasks.map((task) => this.tasks[task]));
  }
  setTaskInterval(task: TaskName, everySeconds: number): Promise<void> {
    return this.ask('setTaskInterval', task, everySeconds, async () => this.setTask(task, { everySeconds }));
  }
  pauseTask(task: TaskName, note: string): Promise<void> {
    return this.ask('pauseTask', task, note, async () => this.setTask(task, { isPaused: true, note, nextRunAt: null }));
  }
  resumeTask(task: TaskName, note: string): Promise<void> {
    return this.ask('resumeTask', task, note, async () => this.setTask(task, { isPaused: false, note }));
  }
  runTask(task: TaskName): Promise<void> {
    return this.ask('runTask', task, null, async () => undefined);
  }
  private setTask(task: TaskName, changes: Partial<TaskState>): void {
    this.tasks[task] = { ...this.tasks[task], ...changes };
  }
  ping(): Promise<void> {
    return this.ask('ping', '', null, async () => undefined);
  }
  uiUrl(clientId: string): string | null {
    return `http://temporal.example/namespaces/default/workflows/monitor%2F${clientId}`;
  }
}
