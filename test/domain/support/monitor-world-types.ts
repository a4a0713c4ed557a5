import type { MonitorCommand, MonitorEvent, RuleNotificationKey } from '../../../src/domain/monitoring/commands.js';
import type { DeliveryOutcome } from '../../../src/domain/monitoring/rule-state.js';
import type { RuleDefinition } from '../../../src/domain/monitoring/rule-definition.js';
import type { MultiRulePolicy } from '../../../src/domain/monitoring/rules.js';
import type { MonitorState } from '../../../src/domain/monitoring/state.js';

/** One step of the monitor as the properties see it. */
export interface Moment {
  readonly now: number;
  readonly event: MonitorEvent;
  readonly before: MonitorState;
  readonly after: MonitorState;
  readonly commands: readonly MonitorCommand[];
}

export interface Decision extends RuleNotificationKey {
  readonly decidedAt: number;
  /** which life of the rule decided: a rule that was removed and added again is a new rule */
  readonly life: number;
  readonly periodMs: number;
  readonly max: number | null;
  outcome: DeliveryOutcome | null;
}

export interface Terms {
  readonly definitions: readonly RuleDefinition[];
  readonly whenSeveral: MultiRulePolicy;
  readonly intervalMs: number;
}

/** What happens to the next deliveries: how long they take and how they end, also when they were canceled. */
export interface Mail {
  readonly seconds: number;
  readonly outcome: DeliveryOutcome;
  /** a canceled one ends like this, after this many seconds */
  readonly cancelled: { readonly seconds: number; readonly outcome: DeliveryOutcome };
}
