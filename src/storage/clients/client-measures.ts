import type { Fragment } from 'postgres';
import { usableChannels } from '../notifications/usable-channels.js';
import type { Queries } from '../system/database.js';
import { activeCredit, credit, liveAndCredit } from '../ledger/available.js';
import { ownerEmail } from './owner-email.js';

/**
 * Measures of a client, computed from its row and the joined tables. The names of the tables are those of
 * `clientTables`; each measure is null where it makes no sense, as for a client without a limit.
 */

/** `outer`: what a query does not speak of is left out of its plan, as when rows are only counted. */
export function clientTables(q: Queries, at: Date, join: 'inner' | 'outer' = 'inner'): Fragment {
  const own = join === 'inner' ? q`join` : q`left join`;
  return q`
    clients c
    ${own} balances b on b.client_id = c.id
    ${own} monitors m on m.client_id = c.id
    ${own} resellers r on r.id = c.reseller_id
    left join resellers o on o.id = c.manager_id
    left join profiles p on p.id = c.profile_id
    ${activeCredit(q, at)}
    left join (${profileRules(q)}) pr on pr.profile_id = c.profile_id
    left join (${profileThresholds(q, at)}) h on h.profile_id = c.profile_id and h.currency = c.currency`;
}

/**
 * The highest threshold of each profile in its own currency and in all that convert into it, as the smallest amount that
 * is not below it. Worked out for the few profiles and currencies instead of for each client; grouped, so that a plan that
 * does not need it leaves it out.
 */
function profileThresholds(q: Queries, at: Date): Fragment {
  return q`
    select k.profile_id, x.currency, round(ceil(max(k.threshold / x.rate) * 1000000) / 1000000, 6) as highest
    from profile_rules k
    join profiles owner on owner.id = k.profile_id
    join (
      select e.from_currency as currency, e.to_currency, e.rate from (
        select distinct on (e.from_currency, e.to_currency) e.from_currency, e.to_currency, e.rate
        from exchange_rates e where e.at <= ${at} order by e.from_currency, e.to_currency, e.at desc
      ) e
      union all
      select own.currency, own.currency, 1 from (select distinct currency from profiles) own
    ) x on x.to_currency = owner.currency
    where k.threshold is not null group by k.profile_id, x.currency`;
}

/** For each profile, the contacts that its rules depend on. */
function profileRules(q: Queries): Fragment {
  const withoutRecipients = q`k.emails = '{}'
    and not exists (select 1 from users u where u.id = any (k.user_ids) and u.status = 'active')
    and ${usableChannels(q)} is null`;
  return q`
    select k.profile_id,
      bool_or(${withoutRecipients} and not k.notify_role) as lacks_recipients,
      bool_or(${withoutRecipients} and k.notify_role and k.key = 'user') as owner_only,
      bool_or(${withoutRecipients} and k.notify_role and k.key <> 'user') as billing_only
    from profile_rules k join profiles p on p.id = k.profile_id where k.threshold is not null group by k.profile_id`;
}

/** Null: unknown, or without a limit. */
export function available(q: Queries): Fragment {
  return q`(case c.balance_model when 'unlimited' then null else ${liveAndCredit(q)} end)`;
}

/**
 * The highest threshold of the client's profile, of its warning thresholds, and its own, as an available balance in its currency:
 * the first one that a falling balance passes. Null: it has none, or there is no current exchange rate.
 */
export function nearestThreshold(q: Queries): Fragment {
  return q`(case when c.balance_model <> 'unlimited' then greatest(
    h.highest,
    case when c.notify_client or c.notify_admin or c.low_balance_capacity is not null then c.low_balance_threshold end,
    case when cardinality(c.warning_thresholds) > 0 then (
      select max(case
        when w.text like '%\\%' then
          case when c.balance_model = 'postpaid' and c.credit_limit > 0
            then ${credit(q)} - round(ceil(c.credit_limit * rtrim(w.text, '%')::numeric * 10000) / 1000000, 6) end
        when c.balance_model = 'postpaid' then ${credit(q)} - w.text::numeric
        else w.text::numeric
      end) from unnest(c.warning_thresholds) w (text)
    ) end) end)`;
}

/** The nearest threshold is one of the profile, in another currency than the client's. */
export function isNearestConverted(q: Queries): Fragment {
  return q`coalesce(p.currency <> c.currency and h.highest = ${nearestThreshold(q)}, false)`;
}

/** How far available is above the nearest threshold; negative: below. */
export function headroom(q: Queries): Fragment {
  return q`(${liveAndCredit(q)} - ${nearestThreshold(q)})`;
}

/** The same as a share of the threshold, in percent. Null also where the threshold is 0. */
export function headroomPercent(q: Queries): Fragment {
  return q`round(100 * ${headroom(q)} / nullif(abs(${nearestThreshold(q)}), 0), 2)`;
}

/** A rule with a threshold has no recipients. */
export function recipientMissing(q: Queries): Fragment {
  return q`(c.balance_model <> 'unlimited' and (
    coalesce(pr.lacks_recipients, false)
    or (coalesce(pr.owner_only, false) and ${ownerEmail(q)} is null)
    or ((coalesce(pr.billing_only, false) or c.warning_thresholds <> '{}' or c.notify_client)
      and c.billing_email is null)))`;
}

/**
 * A delivery of the newest notification was deferred, or ended without acceptance; the trigger `note_delivery_outcome`
 * writes `not_accepted`.
 */
export function mailFailing(q: Queries): Fragment {
  return q`coalesce(m.not_accepted > 0, false)`;
}
