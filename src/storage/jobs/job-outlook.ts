import type { Fragment } from 'postgres';
import type { JobKind, JobParameters } from '../../domain/jobs/job-kinds.js';
import type { Queries } from '../system/database.js';

/** What a job would do to its clients as they are now, as far as their rows show. */
export interface JobOutlook {
  readonly changed: number;
  readonly unchanged: number;
  readonly refused: number;
}

/** A parameter's kind and value belong together: the schema of the kind has checked them. */
export async function readJobOutlook<K extends JobKind>(
  q: Queries,
  kind: K,
  parameters: JobParameters<K>,
  clientIds: readonly string[],
): Promise<JobOutlook> {
  const { refused, unchanged } = conditions[kind](q, parameters as never);
  const [row] = await q<JobOutlook[]>`
    with outlook as (
      select (c.status = 'deleted' or ${refused}) as refused, ${unchanged} as unchanged
      from clients c join monitors m on m.client_id = c.id
      where c.id = any (${[...clientIds]}::bigint[])
    )
    select (count(*) filter (where not refused and not unchanged))::int as changed,
      (count(*) filter (where not refused and unchanged))::int as unchanged,
      (count(*) filter (where refused))::int as refused
    from outlook`;
  return row ?? { changed: 0, unchanged: 0, refused: 0 };
}

interface Conditions {
  readonly refused: Fragment;
  readonly unchanged: Fragment;
}

/** Conditions on `clients c` and `monitors m`, never null. */
const conditions: { readonly [K in JobKind]: (q: Queries, parameters: JobParameters<K>) => Conditions } = {
  assign_profile: (q, { profileId }) => stays(q, q`c.profile_id is not distinct from ${profileId}::bigint`),
  check_now: (q) => stays(q, q`false`),
  silence: (q) => stays(q, q`false`),
  pause: (q) => stays(q, q`m.paused_by is not null`),
  resume: (q) => stays(q, q`m.paused_by is null`),
  add_tags: (q, { tags }) => stays(q, q`lower_texts(c.tags) @> lower_texts(${[...tags]}::text[])`),
  remove_tags: (q, { tags }) => stays(q, q`not lower_texts(c.tags) && lower_texts(${[...tags]}::text[])`),
  set_status: (q, { status }) => stays(q, q`c.status = ${status}`),
  set_manager: (q, { managerId }) => stays(q, q`c.manager_id is not distinct from ${managerId}::bigint`),
  set_payment_terms: (q, { paymentTermsId }) =>
    stays(q, q`c.payment_terms_id is not distinct from ${paymentTermsId}::bigint`),
  grant_credit: (q, { amount }) => ({
    refused: q`(${isLimitless(q)} or ${isOtherCurrency(q, amount?.currency)}
      or (${amount === undefined} and c.credit_limit <= 0)
      or exists (select 1 from temporary_credits t where t.client_id = c.id and t.status in ('scheduled', 'active')))`,
    unchanged: q`false`,
  }),
  invoice_now: (q, { lastDay }) =>
    stays(
      q,
      q`coalesce((
      select b.invoiced_until >= ${
        lastDay === undefined ? q`now()` : q`(${lastDay}::date + 1)::timestamp at time zone c.timezone`
      } from balances b where b.client_id = c.id), false)`,
    ),
  set_credit_limit: (q, { creditLimit }) => ({
    refused: q`(${isLimitless(q)} or ${isOtherCurrency(q, creditLimit.currency)})`,
    unchanged: q`c.credit_limit = ${creditLimit.amount}::numeric`,
  }),
};

function stays(q: Queries, unchanged: Fragment): Conditions {
  return { refused: q`false`, unchanged };
}

function isLimitless(q: Queries): Fragment {
  return q`c.balance_model = 'unlimited'`;
}

function isOtherCurrency(q: Queries, currency: string | undefined): Fragment {
  return currency === undefined ? q`false` : q`c.currency <> ${currency}`;
}
