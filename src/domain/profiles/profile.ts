import type { ResetPolicy, Trigger } from '../monitoring/rule-definition.js';
import type { MultiRulePolicy } from '../monitoring/rules.js';
import { recipientKey, type ChannelRecipient } from '../notifications/channels.js';

/** One threshold of a profile as it is kept. */
export interface ProfileRule {
  /** `user`, `client`, `advanced:<key>` */
  readonly key: string;
  /** null: the rule is off */
  readonly threshold: string | null;
  /** the user rule: email of the client's owner; the others: the client's billing email */
  readonly notifyRole: boolean;
  readonly userIds: readonly string[];
  readonly inactivityDays: number | null;
  readonly emails: readonly string[];
  readonly channels: readonly ChannelRecipient[];
}

export interface ProfileFields {
  readonly resellerId: string;
  readonly name: string;
  readonly currency: string;
  readonly sortOrder: number;
  /** null: unlimited */
  readonly maxNotifications: number | null;
  readonly periodHours: number;
  /** null: every period */
  readonly checkEveryMinutes: number | null;
  readonly trigger: Trigger;
  readonly resetOn: ResetPolicy;
  readonly whenSeveral: MultiRulePolicy;
  /** in the order in which they are evaluated: user, client, advanced */
  readonly rules: readonly ProfileRule[];
}

/** The users that the rules name. */
export function userIdsOf(fields: ProfileFields): readonly string[] {
  return fields.rules.flatMap((rule) => rule.userIds);
}

/** The channels that the rules name. */
export function channelIdsOf(fields: ProfileFields): readonly string[] {
  return fields.rules.flatMap((rule) => rule.channels.map(({ channelId }) => channelId));
}

/** What an edit does to the counters of the rules, by their keys. */
export interface CounterChanges {
  /** keys of rules whose counters continue */
  readonly countersKept: readonly string[];
  /** keys of rules that were removed with their counters */
  readonly countersRemoved: readonly string[];
  /** keys of rules with a new counter */
  readonly countersStarted: readonly string[];
}

export function counterChanges(before: readonly ProfileRule[], after: readonly ProfileRule[]): CounterChanges {
  const was = before.map(({ key }) => key);
  const is = after.map(({ key }) => key);
  return {
    countersKept: is.filter((key) => was.includes(key)),
    countersRemoved: was.filter((key) => !is.includes(key)),
    countersStarted: is.filter((key) => !was.includes(key)),
  };
}

/** Whether an edit touches what decides who is notified. */
export function changesNotifications(before: ProfileFields, after: ProfileFields): boolean {
  return decisive(before) !== decisive(after);
}

function decisive(fields: ProfileFields): string {
  const { currency, maxNotifications, periodHours, trigger, resetOn, whenSeveral, rules } = fields;
  return JSON.stringify([
    currency,
    maxNotifications,
    periodHours,
    trigger,
    resetOn,
    whenSeveral,
    rules.map((rule) => [
      ...[rule.key, rule.threshold, rule.notifyRole, rule.userIds, rule.inactivityDays, rule.emails],
      rule.channels.map(recipientKey),
    ]),
  ]);
}
