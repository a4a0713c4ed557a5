import { minuteMs } from '../../domain/durations.js';
import { ruleNotificationKinds } from '../../domain/notifications/mail-kinds.js';
import { formatMoney, moneyOf } from '../../domain/money.js';
import { billingRecipients, ruleRecipients } from '../../domain/monitoring/recipients.js';
import { autopayRule, identifyRule } from '../../domain/monitoring/rule-identity.js';
import { checkIntervalMs } from '../../domain/monitoring/rules.js';
import type { ResetPolicy, Trigger } from '../../domain/monitoring/rule-definition.js';
import type { BalanceModel, ClientRules, ProfileRules, MultiRulePolicy } from '../../domain/monitoring/rules.js';
import type { GrantTimes } from '../../domain/monitoring/state.js';
import {
  recipientKey,
  type ChannelName,
  type ChannelRecipient,
  type UsableChannels,
} from '../../domain/notifications/channels.js';
import type { SilenceWindow } from '../../domain/silences/silence-window.js';
import { silenceWindows } from '../silences/covered-clients.js';
import { ownerEmail } from '../clients/owner-email.js';
import { usableChannels } from '../notifications/usable-channels.js';
import type { Queries } from '../system/database.js';

/** Everything the rules of one client are made of, with its recipients as addresses and keys of channels. */
export interface MonitoringTerms {
  readonly clientId: string;
  readonly resellerId: string;
  readonly profile: (ProfileRules & { readonly id: string; readonly name: string; readonly currency: string }) | null;
  readonly client: ClientRules & { readonly name: string; readonly currency: string };
  /** by rule key, the last episode in which an email was claimed, or a card was to be charged */
  readonly episodes: Readonly<Record<string, number>>;
  /** between two checks, in ms */
  readonly intervalMs: number;
  /** scheduled or active */
  readonly grant: GrantTimes | null;
  /** silences over many clients that cover it and have not ended */
  readonly silences: readonly SilenceWindow[];
  /** the client's origination capacity while no rule lowers it; null: no limit */
  readonly normalCapacity: number | null;
  /** that the rules notify */
  readonly channels: UsableChannels;
}

interface TermsRow {
  readonly clientId: string;
  readonly resellerId: string;
  readonly name: string;
  readonly currency: string;
  readonly balanceModel: BalanceModel;
  readonly billingEmail: string | null;
  readonly ownerEmail: string | null;
  readonly warningThresholds: string[];
  readonly clientIntervalMs: number;
  readonly notifyClient: boolean;
  readonly notifyAdmin: boolean;
  readonly lowBalanceThreshold: string | null;
  readonly lowBalanceCapacity: number | null;
  readonly lowBalanceRestoreAt: string | null;
  readonly normalCapacity: number | null;
  readonly isAutoPaymentOn: boolean;
  readonly autoPaymentThreshold: string | null;
  readonly autoPaymentRepeats: boolean;
  readonly profileId: string | null;
  readonly profileName: string;
  readonly profileCurrency: string;
  readonly maxNotifications: number | null;
  readonly periodHours: number;
  readonly profileIntervalMs: number | null;
  readonly trigger: Trigger;
  readonly resetOn: ResetPolicy;
  readonly whenSeveral: MultiRulePolicy;
  readonly rules: RuleRow[] | null;
  readonly grant: GrantTimes | null;
  readonly silences: SilenceWindow[] | null;
  readonly episodes: Record<string, number> | null;
}

interface RuleRow {
  readonly key: string;
  readonly threshold: string | null;
  readonly notifyRole: boolean;
  readonly inactivityDays: number | null;
  readonly emails: string[];
  /** of the channels that it may notify now; null: none */
  readonly channels: (ChannelRecipient & ChannelName)[] | null;
  readonly userEmails: string[] | null;
}

/** Reads the terms of a batch of clients in one statement. A client that does not exist is left out. */
export async function readMonitoringTerms(
  sql: Queries,
  clientIds: readonly string[],
): Promise<Map<string, MonitoringTerms>> {
  const rows = await sql<TermsRow[]>`
    select c.id as "clientId", c.reseller_id as "resellerId", c.name, c.currency, c.balance_model as "balanceModel",
      c.billing_email as "billingEmail", ${ownerEmail(sql)} as "ownerEmail",
      c.warning_thresholds as "warningThresholds", c.check_every_ms::float8 as "clientIntervalMs",
      c.notify_client as "notifyClient", c.notify_admin as "notifyAdmin",
      c.low_balance_threshold as "lowBalanceThreshold", c.low_balance_capacity as "lowBalanceCapacity",
      c.low_balance_restore_at as "lowBalanceRestoreAt", c.origination_capacity as "normalCapacity",
      c.auto_payment and c.auto_payment_extra_amount is not null and coalesce(a.payment_profile_id is not null and a.frozen_at is null, false)
        as "isAutoPaymentOn",
      c.auto_payment_threshold as "autoPaymentThreshold", c.auto_payment_repeat_while_low as "autoPaymentRepeats",
      p.id as "profileId", p.name as "profileName", p.currency as "profileCurrency",
      p.max_notifications as "maxNotifications", p.period_hours as "periodHours",
      p.check_every_ms::float8 as "profileIntervalMs", p.trigger, p.reset_on as "resetOn", p.when_several as "whenSeveral",
      (select json_agg(json_build_object(
          'key', k.key, 'threshold', k.threshold::text, 'notifyRole', k.notify_role, 'inactivityDays', k.inactivity_days,
          'emails', k.emails, 'channels', ${usableChannels(sql)},
          'userEmails', (select array_agg(u.email order by array_position(k.user_ids, u.id)) from users u
            where u.id = any (k.user_ids) and u.status = 'active')
        ) order by k.position)
       from profile_rules k where k.profile_id = p.id) as rules,
      (select json_build_object(
          'id', t.id::text, 'seq', t.seq, 'version', t.version, 'amount', t.amount::text,
          'from', floor(extract(epoch from t.valid_from) * 1000),
          'until', floor(extract(epoch from t.valid_until) * 1000),
          'warnAt', floor(extract(epoch from t.warn_at) * 1000), 'started', t.status = 'active',
          'warned', t.warned_at is not null)
       from temporary_credits t where t.client_id = c.id and t.status in ('scheduled', 'active')) as "grant",
      ${silenceWindows(sql)} as silences,
      (select json_object_agg(e.rule, e.episode)
       from (select n.rule, max(n.episode) as episode from notifications n
             where n.client_id = c.id and n.kind = any (${[...ruleNotificationKinds]}::text[]) group by n.rule
             union all
             select ${autopayRule.key}, max(k.episode) from card_payments k where k.client_id = c.id and k.origin = 'auto'
             having max(k.episode) is not null) e) as episodes
    from clients c
    join resellers r on r.id = c.reseller_id
    left join resellers o on o.id = c.manager_id
    left join profiles p on p.id = c.profile_id
    left join auto_payments a on a.client_id = c.id
    where c.id = any (${clientIds as string[]}::bigint[])`;
  return new Map(rows.map((row) => [row.clientId, termsOf(row)]));
}

function termsOf(row: TermsRow): MonitoringTerms {
  const client = {
    name: row.name,
    currency: row.currency,
    balanceModel: row.balanceModel,
    warningThresholds: row.warningThresholds,
    billingRecipients: billingRecipients(row.billingEmail),
    checkEveryMinutes: row.clientIntervalMs / minuteMs,
    notifyClient: row.notifyClient,
    notifyAdmin: row.notifyAdmin,
    lowBalanceThreshold: plain(row.lowBalanceThreshold),
    lowBalanceCapacity: row.lowBalanceCapacity,
    lowBalanceRestoreAt: plain(row.lowBalanceRestoreAt),
    autoPaymentTerms: row.isAutoPaymentOn
      ? { ownThreshold: plain(row.autoPaymentThreshold), repeatWhileLow: row.autoPaymentRepeats }
      : null,
  };
  const base = {
    clientId: row.clientId,
    resellerId: row.resellerId,
    client,
    grant: row.grant,
    silences: row.silences ?? [],
    normalCapacity: row.normalCapacity,
    episodes: row.episodes ?? {},
    channels: new Map((row.rules ?? []).flatMap(({ channels }) => channels ?? []).map((one) => [one.channelId, one])),
  };
  if (row.profileId === null) return { ...base, profile: null, intervalMs: checkIntervalMs(null, client) };
  const profile = {
    id: row.profileId,
    name: row.profileName,
    currency: row.profileCurrency,
    maxNotifications: row.maxNotifications,
    periodHours: row.periodHours,
    checkEveryMinutes: row.profileIntervalMs === null ? null : row.profileIntervalMs / minuteMs,
    trigger: row.trigger,
    resetOn: row.resetOn,
    whenSeveral: row.whenSeveral,
    rules: (row.rules ?? []).map((rule) => ({
      ...identifyRule(rule.key),
      threshold: plain(rule.threshold),
      inactivityDays: rule.inactivityDays,
      recipients: recipientsOf(rule, row),
    })),
  };
  return { ...base, profile, intervalMs: checkIntervalMs(profile, client) };
}

function plain(amount: string | null): string | null {
  return amount === null ? null : formatMoney(moneyOf(amount));
}

function recipientsOf(rule: RuleRow, row: TermsRow): string[] {
  return ruleRecipients(identifyRule(rule.key), {
    notifyRole: rule.notifyRole,
    owner: row.ownerEmail,
    billing: row.billingEmail,
    users: rule.userEmails ?? [],
    emails: rule.emails,
    channels: (rule.channels ?? []).map(recipientKey),
  });
}
