import { proxyActivities, setHandler } from '@temporalio/workflow';
import type { EffectActivities } from '../activities/index.js';
import * as messages from '../contract/messages.js';
import type {
  Actor,
  CancelGrantInput,
  ChangeGrantInput,
  CheckNowInput,
  GrantCreditInput,
  GrantRecord,
  PauseInput,
  ResetRuleInput,
  SilenceInput,
} from '../contract/monitor.js';
import { checkOnDemand, pause, resetRuleByHand, resume, silence } from './by-hand.js';
import { invalid } from './failures.js';
import type { Inbox } from './inbox.js';
import type { Monitor } from './monitor-loop.js';
import { writePolicy } from './policies.js';

const { grantCredit, changeGrant, cancelGrant } = proxyActivities<EffectActivities>(writePolicy);

/**
 * The updates of a monitor. A validator refuses before anything is written to the history; the work is then done by
 * the loop, in its turn, and the caller gets what came of it.
 */
export function listenToRequests(monitor: Monitor, inbox: Inbox): void {
  const { clientId } = monitor;
  setHandler(messages.explain, () => monitor.explanation());

  setHandler(messages.checkNow, (input: CheckNowInput) => inbox.ask(() => checkOnDemand(monitor, input)), {
    validator: (input) => requireActor(input?.actor),
  });
  setHandler(
    messages.grantCredit,
    (input: GrantCreditInput) =>
      inbox.ask(async () =>
        monitor.creditChanged(await grantCredit({ clientId, at: monitor.now(), input }), 'granted'),
      ),
    { validator: validGrant },
  );
  setHandler(
    messages.changeGrant,
    (input: ChangeGrantInput) =>
      inbox.ask(async () =>
        monitor.creditChanged(await changeGrant({ clientId, at: monitor.now(), input }), 'changed'),
      ),
    { validator: validReasoned },
  );
  setHandler(
    messages.cancelGrant,
    (input: CancelGrantInput) =>
      inbox.ask(async () =>
        monitor.creditChanged(await cancelGrant({ clientId, at: monitor.now(), input }), 'cancelled'),
      ),
    { validator: validReasoned },
  );
  setHandler(messages.resetRule, (input: ResetRuleInput) => inbox.ask(() => resetRuleByHand(monitor, input)), {
    validator: validReasoned,
  });
  setHandler(messages.silence, (input: SilenceInput) => inbox.ask(() => silence(monitor, input)), {
    validator: validSilence,
  });
  setHandler(messages.pause, (input: PauseInput) => inbox.ask(() => pause(monitor, input)), {
    validator: validReasoned,
  });
  setHandler(messages.resume, (input: PauseInput) => inbox.ask(() => resume(monitor, input)), {
    validator: validReasoned,
  });
}

export type CreditChange = 'granted' | 'changed' | 'cancelled';
export type { GrantRecord };

function requireActor(actor: Actor | undefined): void {
  if (!actor?.id || !actor.source) throw invalid('/actor', 'say who asks: {"id": "...", "source": "temporal"}');
}

function validReasoned(input: { readonly actor: Actor; readonly reason: string }): void {
  requireActor(input?.actor);
  if (!input.reason?.trim()) throw invalid('/reason', 'say why, in a few words');
  if (input.reason.length > 500) throw invalid('/reason', 'say why in at most 500 characters');
}

function validGrant(input: GrantCreditInput): void {
  validReasoned(input);
  if (!input.requestId)
    throw invalid('/requestId', 'give the request an id of its own: asked again, it is the same grant');
  if (!input.validUntil) throw invalid('/validUntil', 'say until when');
  if ((input.amount === undefined) === (input.percent === undefined))
    throw invalid('/amount', 'give either amount or percent');
}

function validSilence(input: SilenceInput): void {
  validReasoned(input);
  if (input.until === null) return;
  const until = Date.parse(input.until);
  if (Number.isNaN(until))
    throw invalid('/until', 'write an instant such as "2026-03-05T18:00:00Z", or null to end the silence');
  if (until <= Date.now())
    throw invalid('/until', 'is already past: give an instant to come, or null to end the silence');
}
