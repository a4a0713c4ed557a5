import type { Explanation, RuleExplanation } from '../../../src/domain/monitoring/explain.js';
import type { Reason } from '../../../src/domain/monitoring/evaluate.js';
import type { RuleState } from '../../../src/domain/monitoring/rule-state.js';
import type { TestApi } from './api.js';

export const now = Date.parse('2026-03-02T10:00:00Z');
export const hour = 3_600_000;

/** A client with a warning threshold, and a profile with a rule of each kind. */
export async function newClientWithRules(api: TestApi, status = 'active'): Promise<string> {
  const { sql } = api;
  const [profile] = await sql<{ id: string }[]>`
    insert into profiles (reseller_id, name, currency, max_notifications, period_hours)
    values (${api.operatorId}, 'default', 'USD', 3, 24) returning id`;
  const profileId = profile?.id ?? '';
  const [user] = await sql<{ id: string }[]>`
    insert into users (reseller_id, name, email) values (${api.operatorId}, 'Anna', ${`anna${profileId}@company.example`}) returning id`;
  await sql`
    insert into profile_rules (profile_id, key, position, threshold, notify_role, user_ids, inactivity_days, emails) values
      (${profileId}, 'user', 1, 100, true, ${[user?.id ?? '']}, null, '{noc@company.example}'),
      (${profileId}, 'client', 2, 50, true, '{}', null, '{}'),
      (${profileId}, 'advanced:idle', 3, 20, false, '{}', 7, '{}'),
      (${profileId}, 'advanced:off', 4, null, true, '{}', null, '{}')`;
  const [client] = await sql<{ id: string }[]>`
    insert into clients (reseller_id, profile_id, name, currency, balance_model, status, billing_email, owner_email, warning_thresholds)
    values (${api.operatorId}, ${profileId}, 'Customer A', 'USD', 'prepaid', ${status}, 'billing@client.example', 'owner@company.example', '{25.00}')
    returning id`;
  const id = client?.id ?? '';
  await sql`insert into balances (client_id, live) values (${id}, 45)`;
  await sql`
    insert into monitors (client_id, state, state_since, last_check_at, next_check_at, available, rules, verdicts, seen_at)
    values (${id}, 'low', '2026-03-02T08:00:00Z', '2026-03-02T08:00:00Z', '2026-03-03T08:00:00Z', 45,
      ${sql.json({ user: ruleState({ count: 3 }), client: ruleState({ count: 1 }) } as never)},
      ${sql.json([
        { rule: 'user', reason: 'max_reached' },
        { rule: 'client', reason: 'sent', episode: 2, number: 1 },
        { rule: 'advanced:idle', reason: 'above_threshold' },
        { rule: 'advanced:off', reason: 'off' },
        { rule: 'warning:25.00', reason: 'above_threshold' },
      ])}, '2026-03-02T08:00:01Z')`;
  return id;
}

/** Low and notified two hours ago, in its second counter run. */
export function ruleState(more: Partial<RuleState> = {}): RuleState {
  const at = now - 2 * hour;
  return {
    count: 1,
    episode: 2,
    periodFrom: at,
    hourFrom: at,
    lastNotifiedAt: at,
    lowSince: at,
    refillSeq: 4,
    ...more,
  };
}

export function explainedRule(
  key: string,
  lastReason: Reason | null,
  more: Partial<RuleExplanation> = {},
): RuleExplanation {
  return {
    key,
    trigger: 'period',
    threshold: null,
    maxNotifications: 3,
    lastReason,
    state: null,
    nextPossibleAt: null,
    reasonNow: lastReason,
    ...more,
  };
}

export function explanationOf(clientId: string, more: Partial<Explanation> = {}): Explanation {
  const at = now - hour;
  const state = ruleState({
    count: 2,
    episode: 5,
    periodFrom: at,
    hourFrom: at,
    lastNotifiedAt: at,
    lowSince: now - 30 * hour,
  });
  return {
    clientId,
    state: 'low',
    at: now,
    lastCheckAt: now - hour,
    nextCheckAt: now + 23 * hour,
    nextWakeAt: null,
    intervalMs: 24 * hour,
    pausedBy: null,
    silences: {},
    grant: null,
    rules: [
      explainedRule('user', 'above_threshold'),
      explainedRule('client', 'period_not_elapsed', { state, nextPossibleAt: now + 23 * hour }),
      explainedRule('advanced:idle', 'not_inactive', { state }),
      explainedRule('advanced:off', 'off'),
      explainedRule('warning:25.00', 'silenced', { state, trigger: 'change' }),
    ],
    run: { checks: 7, runs: 2, deliveries: 0 },
    ...more,
  };
}
