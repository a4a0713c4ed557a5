import type { Sql } from '../../../src/storage/system/database.js';

/** What a test wants of its client; the rest is as in most stories: USD, prepaid, both rules, two notices a day. */
export interface ClientWish {
  readonly balance?: string;
  readonly creditLimit?: string;
  readonly balanceModel?: 'prepaid' | 'postpaid' | 'unlimited';
  readonly currency?: string;
  readonly billingEmail?: string | null;
  /** docs/manuals.md#warning-thresholds */
  readonly warningThresholds?: readonly string[];
  /** interval of a client without a profile */
  readonly checkEveryMs?: number;
  /** as an import wishes it: the first notification of each low rule counts as already sent */
  readonly countsFirst?: boolean;
  /** null: none */
  readonly profile?: ProfileWish | null;
}

export interface ProfileWish {
  readonly maxNotifications?: number | null;
  readonly periodHours?: number;
  /** interval of checks; absent: the period */
  readonly checkEveryMinutes?: number;
  readonly trigger?: 'period' | 'change';
  readonly resetOn?: 'refill' | 'recovery';
  readonly whenSeveral?: 'each' | 'mostSevere';
  readonly currency?: string;
  readonly userThreshold?: string | null;
  readonly clientThreshold?: string | null;
  /** email addresses of both rules in addition to the role */
  readonly emails?: readonly string[];
  /** further rules, by the part of their key after `advanced:`, with their thresholds */
  readonly advanced?: Readonly<Record<string, string>>;
}

/** The reseller that owns all clients of a test. */
export const operatorId = '1';

export async function insertOperator(sql: Sql): Promise<void> {
  await sql`
    insert into resellers (id, kind, name, email, path)
    values (${operatorId}, 'operator', 'Operator', 'owner@operator.example', ${[operatorId]}::bigint[])`;
}

/** A client with its balance at zero and its row in the read model, as the API makes it. */
export async function insertClient(sql: Sql, atMs: number, wish: ClientWish = {}): Promise<string> {
  const profileId = wish.profile === null ? null : await insertProfile(sql, wish.profile ?? {});
  const [client] = await sql<{ id: string }[]>`
    insert into clients (reseller_id, profile_id, name, currency, balance_model, credit_limit, billing_email,
      warning_thresholds, check_every_ms, created_at)
    values (${operatorId}, ${profileId}, 'Acme', ${wish.currency ?? 'USD'}, ${wish.balanceModel ?? 'prepaid'},
      ${wish.creditLimit ?? '0'}, ${wish.billingEmail === undefined ? 'billing@acme.example' : wish.billingEmail},
      ${[...(wish.warningThresholds ?? [])]}, ${wish.checkEveryMs ?? 3_600_000}, ${new Date(atMs)})
    returning id`;
  if (!client) throw new Error('a client was not inserted');
  await sql`insert into balances (client_id) values (${client.id})`;
  await sql`insert into monitors (client_id, counts_first) values (${client.id}, ${wish.countsFirst ?? false})`;
  return client.id;
}

export async function insertProfile(sql: Sql, wish: ProfileWish = {}): Promise<string> {
  const [profile] = await sql<{ id: string }[]>`
    insert into profiles (reseller_id, name, currency, max_notifications, period_hours, check_every_ms, trigger, reset_on, when_several)
    values (${operatorId}, 'default', ${wish.currency ?? 'USD'},
      ${wish.maxNotifications === undefined ? 2 : wish.maxNotifications}, ${wish.periodHours ?? 24},
      ${wish.checkEveryMinutes === undefined ? null : wish.checkEveryMinutes * 60_000}, ${wish.trigger ?? 'period'},
      ${wish.resetOn ?? 'refill'}, ${wish.whenSeveral ?? 'each'})
    returning id`;
  if (!profile) throw new Error('a profile was not inserted');
  const emails = [...(wish.emails ?? [])];
  const user = wish.userThreshold === undefined ? '100' : wish.userThreshold;
  const client = wish.clientThreshold === undefined ? '50' : wish.clientThreshold;
  await sql`
    insert into profile_rules (profile_id, key, position, threshold, notify_role, emails) values
      (${profile.id}, 'user', 0, ${user}, true, ${emails}), (${profile.id}, 'client', 1, ${client}, true, ${emails})`;
  const advanced = Object.entries(wish.advanced ?? {});
  for (const [index, [key, threshold]] of advanced.entries()) {
    await sql`
      insert into profile_rules (profile_id, key, position, threshold, notify_role, emails)
      values (${profile.id}, ${`advanced:${key}`}, ${index + 2}, ${threshold}, false, ${['noc@operator.example']})`;
  }
  return profile.id;
}
