import {
  ActivityFailure,
  condition,
  isCancellation,
  setHandler,
  workflowInfo,
  type ApplicationFailure,
} from '@temporalio/workflow';
import type { RefilledSignal } from '../contract/monitor.js';
import { balanceChanged, configurationChanged, refilled } from '../contract/messages.js';
import { isRefusal, unavailable } from './failures.js';

interface Request {
  readonly work: () => Promise<unknown>;
  answer?: { readonly value: unknown } | { readonly failure: unknown };
}

/** What arrived and waits for the loop: pokes, payments told directly, and requests whose callers wait. */
export class Inbox {
  /** the balance or the credit may have changed */
  balancePoked = false;
  /** the configuration may have changed */
  configurationPoked = false;
  readonly refills: RefilledSignal[] = [];
  private readonly requests: Request[] = [];
  private closed: ApplicationFailure | null = null;
  private answeredAtLength = -1;

  listen(): void {
    setHandler(refilled, (payment) => {
      if (payment) this.refills.push(payment);
      else this.balancePoked = true;
    });
    setHandler(balanceChanged, () => {
      this.balancePoked = true;
    });
    setHandler(configurationChanged, () => {
      this.configurationPoked = true;
    });
  }

  get hasRequests(): boolean {
    return this.requests.length > 0;
  }

  get isEmpty(): boolean {
    return !this.balancePoked && !this.configurationPoked && this.refills.length === 0 && !this.hasRequests;
  }

  /** Has the loop do `work` when its turn comes, and answers with what came of it. */
  async ask<T>(work: () => Promise<T>): Promise<T> {
    if (this.closed) throw this.closed;
    const request: Request = { work };
    this.requests.push(request);
    await condition(() => request.answer !== undefined);
    const answer = request.answer;
    if (!answer || 'failure' in answer) throw answer?.failure;
    return answer.value as T;
  }

  /** Does the oldest request; its failure goes to the caller and not to the loop. */
  async answerNext(): Promise<void> {
    const request = this.requests.shift();
    if (!request) return;
    await this.answer(request);
    this.answeredAtLength = workflowInfo().historyLength;
  }

  /** Somebody was answered in the workflow task that runs now. */
  get hasJustAnswered(): boolean {
    return this.answeredAtLength === workflowInfo().historyLength;
  }

  private async answer(request: Request): Promise<void> {
    try {
      request.answer = { value: await request.work() };
    } catch (error) {
      if (isCancellation(error)) throw error;
      request.answer = { failure: plainFailure(error) };
    }
  }

  /** Refuses whoever waits, and whoever comes from now on. */
  close(failure: ApplicationFailure): void {
    this.closed = failure;
    for (const request of this.requests.splice(0)) request.answer = { failure };
  }
}

/** The refusal itself in place of the activity failure around it; anything else means that it could not be done now. */
function plainFailure(error: unknown): unknown {
  if (!(error instanceof ActivityFailure)) return error;
  return isRefusal(error) ? error.cause : unavailable();
}
