import { CancellationScope, proxyActivities } from '@temporalio/workflow';
import type { EffectActivities } from '../activities/index.js';
import { creditMailKey, type AbandonInput, type CreditMailInput, type DeliverInput } from '../contract/monitor.js';
import type { DeliveryOutcome, RuleStates } from '../domain/evaluate.js';
import { bookkeepingPolicy, deliveryPolicy, deliveryWindowMs } from './policies.js';

const { abandonDelivery } = proxyActivities<EffectActivities>(bookkeepingPolicy);

export interface EndedDelivery {
  readonly mail: DeliverInput;
  readonly outcome: DeliveryOutcome;
}

interface Underway {
  readonly mail: DeliverInput;
  readonly scope: CancellationScope;
}

/** Mails on their way. They never hold up the loop; how they ended waits in `ended` until the loop takes it. */
export class Deliveries {
  readonly ended: EndedDelivery[] = [];
  private readonly underway = new Set<Underway>();
  private creditMails = 0;

  get count(): number {
    return this.underway.size + this.creditMails;
  }

  /** Sends one mail; retried within the check: at most 30 minutes and never into the next check. */
  start(mail: DeliverInput, now: number): void {
    // Over before the next check is due, so that this one knows how the mail ended.
    const windowMs = Math.max(1000, Math.min(deliveryWindowMs, mail.nextCheckAt - now - 1000));
    const { deliver } = proxyActivities<EffectActivities>({
      ...deliveryPolicy,
      scheduleToCloseTimeout: windowMs,
      summary: `${mail.rule} notice ${mail.number}`,
    });
    const delivery: Underway = { mail, scope: new CancellationScope() };
    this.underway.add(delivery);
    void delivery.scope
      .run(async () => (await deliver(mail)).outcome)
      .catch(() => this.giveUp(mail, delivery.scope.consideredCancelled ? 'episode_over' : 'time_over'))
      .then((outcome) => {
        this.underway.delete(delivery);
        this.ended.push({ mail, outcome });
      });
  }

  /** Calls off the mails of episodes that are over: whoever has paid is not told that money runs out. */
  callOff(states: RuleStates, paused: boolean): void {
    for (const { mail, scope } of this.underway) {
      const state = states[mail.rule];
      const over = !state || (state.episode !== mail.episode && !state.low);
      if (over || paused) scope.cancel();
    }
  }

  /** Tells the client of a step of its temporary credit; nobody waits for how it ends, the ledger keeps it. */
  startCreditMail(mail: CreditMailInput): void {
    const { deliverCreditMail } = proxyActivities<EffectActivities>({
      ...deliveryPolicy,
      scheduleToCloseTimeout: deliveryWindowMs,
      summary: mail.kind,
    });
    this.creditMails += 1;
    void deliverCreditMail(mail)
      .catch(() => abandonDelivery({ ...creditMailKey(mail), why: 'time_over' }))
      .finally(() => {
        this.creditMails -= 1;
      });
  }

  private async giveUp(mail: DeliverInput, why: AbandonInput['why']): Promise<DeliveryOutcome> {
    const { clientId, rule, episode, number } = mail;
    return CancellationScope.nonCancellable(() => abandonDelivery({ clientId, rule, episode, number, why }));
  }
}
