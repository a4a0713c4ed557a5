import { proxyActivities, setHandler } from '@temporalio/workflow';
import type { EffectActivities } from '../activities/index.js';
import * as messages from '../contract/messages.js';
import type {
  CancelGrantInput,
  ChangeGrantInput,
  CheckNowInput,
  GrantCreditInput,
  PauseInput,
  ResetRuleInput,
  SilenceInput,
} from '../contract/monitor.js';
import { checkOnDemand, pause, resetRuleByHand, resume, silence } from './by-hand.js';
import { creditChanged } from './credit.js';
import type { Inbox } from './inbox.js';
import type { Monitor } from './monitor-loop.js';
import { writePolicy } from './policies.js';
import {
  validCheckNow,
  validGrant,
  validGrantCancel,
  validGrantChange,
  validReasoned,
  validReset,
  validSilence,
} from './request-validators.js';

const { grantCredit, changeGrant, cancelGrant } = proxyActivities<EffectActivities>(writePolicy);

/**
 * The updates of a monitor. A validator refuses before anything is written to the history; the work is then done by
 * the loop, in its turn, and the caller gets what came of it.
 */
export function listenToRequests(monitor: Monitor, inbox: Inbox): void {
  const { clientId } = monitor;
  setHandler(messages.explain, () => monitor.explanation());

  setHandler(messages.checkNow, (input: CheckNowInput) => inbox.ask(() => checkOnDemand(monitor, input)), {
    validator: validCheckNow,
  });
  setHandler(
    messages.grantCredit,
    (input: GrantCreditInput) =>
      inbox.ask(async () =>
        creditChanged(monitor, await grantCredit({ clientId, at: monitor.now(), input }), 'granted'),
      ),
    { validator: validGrant },
  );
  setHandler(
    messages.changeGrant,
    (input: ChangeGrantInput) =>
      inbox.ask(async () =>
        creditChanged(monitor, await changeGrant({ clientId, at: monitor.now(), input }), 'changed'),
      ),
    { validator: validGrantChange },
  );
  setHandler(
    messages.cancelGrant,
    (input: CancelGrantInput) =>
      inbox.ask(async () =>
        creditChanged(monitor, await cancelGrant({ clientId, at: monitor.now(), input }), 'cancelled'),
      ),
    { validator: validGrantCancel },
  );
  setHandler(messages.resetRule, (input: ResetRuleInput) => inbox.ask(() => resetRuleByHand(monitor, input)), {
    validator: validReset,
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
