import type { RuleStates } from '../domain/monitoring/rule-state.js';
import type { BalanceModel } from '../domain/monitoring/rules.js';
import type { Queries } from './database.js';
import { live } from './live-balance.js';
import { visibleClient } from './visible.js';

/** A client of a profile, with all that a check of it would look at. */
export interface ProfileClient {
  readonly id: string;
  readonly name: string;
  readonly currency: string;
  readonly status: 'active' | 'stop';
  readonly balanceModel: BalanceModel;
  readonly billingEmail: string | null;
  readonly ownerEmail: string | null;
  /** null: unknown */
  readonly live: string | null;
  readonly creditLimit: string;
  readonly temporaryCredit: string;
  readonly refillSeq: number;
  readonly chargedAtMs: number;
  readonly rules: RuleStates;
  readonly pausedBy: string | null;
  readonly silences: Readonly<Record<string, number>>;
}

/** The clients that use a profile and are not deleted, by id. */
export async function readProfileClients(
  q: Queries,
  withinId: string,
  profileId: string,
  atMs: number,
): Promise<ProfileClient[]> {
  const at = new Date(atMs);
  return q<ProfileClient[]>`
    select c.id, c.name, c.currency, c.status, c.balance_model as "balanceModel", c.billing_email as "billingEmail",
      coalesce(c.owner_email, o.email, r.email) as "ownerEmail", ${live(q)} as live, c.credit_limit as "creditLimit",
      coalesce(t.amount, 0) as "temporaryCredit",
      b.refill_seq::float8 as "refillSeq",
      floor(extract(epoch from coalesce(b.last_charge_at, c.created_at)))::float8 * 1000 as "chargedAtMs",
      m.rules, m.paused_by as "pausedBy", m.silences
    from clients c
    join balances b on b.client_id = c.id
    join monitors m on m.client_id = c.id
    join resellers r on r.id = c.reseller_id
    left join resellers o on o.id = c.manager_id
    left join temporary_credits t on t.client_id = c.id and t.status in ('scheduled', 'active')
      and t.valid_from <= ${at} and ${at} < t.valid_until
    where c.profile_id = ${profileId} and c.status <> 'deleted' and ${visibleClient(q, withinId)}
    order by c.id`;
}

/** The addresses of users within the subtree who are not disabled, by id. */
export async function readUserEmails(
  q: Queries,
  withinId: string,
  ids: readonly string[],
): Promise<Map<string, string>> {
  const rows = await q<{ id: string; email: string }[]>`
    select u.id, u.email from users u join resellers r on r.id = u.reseller_id
    where u.id = any (${ids as string[]}::bigint[]) and u.status = 'active' and r.path @> array[${withinId}::bigint]`;
  return new Map(rows.map(({ id, email }) => [id, email]));
}

/** Rates into a currency that are in force; those of other currencies are missing. */
export async function readRatesInto(
  q: Queries,
  currencies: readonly string[],
  into: string,
  atMs: number,
): Promise<Map<string, string>> {
  const rows = await q<{ currency: string; rate: string }[]>`
    select distinct on (from_currency) from_currency as currency, rate from exchange_rates
    where from_currency = any (${currencies as string[]}) and to_currency = ${into} and at <= ${new Date(atMs)}
    order by from_currency, at desc`;
  return new Map(rows.map(({ currency, rate }) => [currency, rate]));
}
