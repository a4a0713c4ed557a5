import type { CancelGrantInput, ChangeGrantInput, CheckNowInput, CheckNowResult, GrantCreditInput, GrantView, PauseInput, ResetRuleInput, SilenceInput } from '../../src/contract/monitor.js';
import type { Explanation } from '../../src/domain/monitoring/explain.js';
import {
  TemporalUnavailable,
  type MonitorRun,
  type ResendInput,
  type RestartInput,
  type TemporalGateway,
} from '../../src/temporal/gateway.js';

export interface GatewayCall {
  readonly method: string;
  readonly id: string;
  readonly input: unknown;
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
  ): Promise<T> {
    this.calls.push({ method, id, input });
    if (this.down) throw new TemporalUnavailable('connection refused');
    if (!as) throw new Error(`the test did not say what ${method} answers`);
    return as();
  }

  checkNow(clientId: string, input: CheckNowInput): Promise<CheckNowResult> {
    const { checkNow } = this.answers;
    return this.ask('checkNow', clientId, input, checkNow ? () => checkNow(clientId, input) : null);
  }
  explain(clientId: string): Promise<Explanation> {
    const { explain } = this.answers;
    return this.ask('explain', clientId, null, explain ? () => explain(clientId) : null);
  }
  grantCredit(clientId: string, input: GrantCreditInput): Promise<GrantView> {
    const { grantCredit } = this.answers;
    return this.ask('grantCredit', clientId, input, grantCredit ? () => grantCredit(clientId, input) : null);
  }
  changeGrant(clientId: string, input: ChangeGrantInput): Promise<GrantView> {
    const { changeGrant } = this.answers;
    return this.ask('changeGrant', clientId, input, changeGrant ? () => changeGrant(clientId, input) : null);
  }
  cancelGrant(clientId: string, input: CancelGrantInput): Promise<GrantView> {
    const { cancelGrant } = this.answers;
    return this.ask('cancelGrant', clientId, input, cancelGrant ? () => cancelGrant(clientId, input) : null);
  }
  resetRule(clientId: string, input: ResetRuleInput): Promise<Explanation> {
    const { resetRule } = this.answers;
    return this.ask('resetRule', clientId, input, resetRule ? () => resetRule(clientId, input) : null);
  }
  silence(clientId: string, input: SilenceInput): Promise<Explanation> {
    const { silence } = this.answers;
    return this.ask('silence', clientId, input, silence ? () => silence(clientId, input) : null);
  }
  pause(clientId: string, input: PauseInput): Promise<Explanation> {
    const { pause } = this.answers;
    return this.ask('pause', clientId, input, pause ? () => pause(clientId, input) : null);
  }
  resume(clientId: string, input: PauseInput): Promise<Explanation> {
    const { resume } = this.answers;
    return this.ask('resume', clientId, input, resume ? () => resume(clientId, input) : null);
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
  resend(notificationId: string, input: ResendInput): Promise<void> {
    const { resend } = this.answers;
    return this.ask('resend', notificationId, input, async () => resend?.(notificationId, input));
  }
  ping(): Promise<void> {
    return this.ask('ping', '', null, async () => undefined);
  }
  uiUrl(clientId: string): string | null {
    return `http://temporal.example/namespaces/default/workflows/monitor%2F${clientId}`;
  }
}
