import type { Fragment } from 'postgres';
import type { JobKind, JobParameters } from '../../domain/jobs/job-kinds.js';
import type { RowProblem } from '../../domain/jobs/job-outcomes.js';
import type { Queries } from '../system/database.js';

/**
 * What a job would come to for a client as it is now, as far as its row shows: conditions on `clients c` and `monitors m`.
 */
export interface Conditions {
  /** the problem that refuses the row, or null */
  readonly problem: Fragment;
  /** true where the client is so already; never null */
  readonly unchanged: Fragment;
  /** of a kind that edits: the value before and after, as JSON; absent: `after` is computed from `before` */
  readonly before?: Fragment;
  readonly after?: Fragment;
}

/** A parameter's kind and value belong together: the schema of the kind has checked them. */
export function conditionsOf<K extends JobKind>(q: Queries, kind: K, parameters: JobParameters<K>): Conditions {
  return conditions[kind](q, parameters as never);
}

const conditions: { readonly [K in JobKind]: (q: Queries, parameters: JobParameters<K>) => Conditions } = {
  assign_profile: (q, { profileId }) => reference(q, { column: 'profile_id', table: 'profiles' }, profileId),
  set_client_template: (q, { clientTemplateId, ownValues }) => {
    const given = reference(q, { column: 'client_template_id', table: 'client_templates' }, clientTemplateId);
    return {
      ...given,
      problem: firstOf(q, given.problem, [
        q`not ${given.unchanged} and exists (
          select 1 from client_templates t where t.id = ${clientTemplateId}::bigint and t.currency <> c.currency)`,
        'currency_mismatch',
      ]),
      unchanged: q`(${given.unchanged} and not ${ownValues === 'clear' ? hasOwn(q, clientTemplateId) : q`false`})`,
    };
  },
  check_now: (q) => always(q, q`false`),
  silence: (q) => always(q, q`false`),
  pause: (q) => always(q, q`m.paused_by is not null`),
  resume: (q) => always(q, q`m.paused_by is null`),
  add_tags: (q, { tags }) => tagged(q, q`lower_texts(c.tags) @> lower_texts(${[...tags]}::text[])`),
  remove_tags: (q, { tags }) => tagged(q, q`not lower_texts(c.tags) && lower_texts(${[...tags]}::text[])`),
  replace_tags: (q, { tags }) => {
    const given = q`lower_texts(${[...tags]}::text[])`;
    return tagged(q, q`(lower_texts(c.tags) @> ${given} and lower_texts(c.tags) <@ ${given})`);
  },
  set_status: (q, { status }) => ({
    ...always(q, q`c.status = ${status}`),
    ...{ before: q`to_jsonb(c.status)`, after: q`to_jsonb(${status}::text)` },
  }),
  set_manager: (q, { managerId }) => ({
    ...reference(q, { column: 'manager_id', table: 'resellers' }, managerId),
    problem: problemWhere(
      q,
      q`c.manager_id is distinct from ${managerId}::bigint and not exists (
        select 1 from resellers o join resellers w on w.id = ${managerId}::bigint
        where o.id = c.reseller_id and o.path @> array[w.parent_id])`,
      managerId === null ? null : 'conflict',
    ),
  }),
  set_payment_terms: (q, { paymentTermsId }) =>
    reference(q, { column: 'payment_terms_id', table: 'payment_terms' }, paymentTermsId),
  set_last_invoiced: (q, { date }) => {
    const at = q`(${date}::date::timestamp at time zone c.timezone)`;
    const mark = (what: Fragment): Fragment => q`(select ${what} from balances b where b.client_id = c.id)`;
    return {
      problem: firstOf(q, problemWhere(q, q`${date}::date > (now() at time zone c.timezone)::date`, 'invalid'), [
        q`exists (select 1 from invoices i where i.client_id = c.id and i.type = 'outgoing' and i.status = 'issued'
            and i.period_end > ${at})`,
        'last_invoiced_before_invoice',
      ]),
      unchanged: q`coalesce(${mark(q`b.invoiced_until = ${at} and b.invoiced_seq = b.seq`)}, false)`,
      before: q`to_jsonb(to_char(${mark(q`b.invoiced_until at time zone c.timezone`)}, 'YYYY-MM-DD'))`,
      after: q`to_jsonb(${date}::text)`,
    };
  },
  grant_credit: (q, { amount }) => ({
    problem: firstOf(
      q,
      limitProblem(q, amount?.currency),
      [q`${amount === undefined} and c.balance_model = 'prepaid'`, 'client_prepaid'],
      [q`${amount === undefined} and c.credit_limit <= 0`, 'credit_limit_not_positive'],
      [
        q`exists (select 1 from temporary_credits t where t.client_id = c.id and t.status in ('scheduled', 'active'))`,
        'credit_exists',
      ],
    ),
    unchanged: q`false`,
  }),
  invoice_now: (q, { lastDay }) =>
    always(
      q,
      q`coalesce((
      select b.invoiced_until >= ${
        lastDay === undefined ? q`now()` : q`(${lastDay}::date + 1)::timestamp at time zone c.timezone`
      } from balances b where b.client_id = c.id), false)`,
    ),
  set_credit_limit: (q, { creditLimit }) => ({
    problem: limitProblem(q, creditLimit.currency),
    unchanged: q`c.credit_limit = ${creditLimit.amount}::numeric`,
    before: q`jsonb_build_object('amount', c.credit_limit::text, 'currency', c.currency)`,
    after: q`jsonb_build_object('amount', ${creditLimit.amount}::text, 'currency', c.currency)`,
  }),
};

function always(q: Queries, unchanged: Fragment): Conditions {
  return { problem: q`null`, unchanged };
}

function tagged(q: Queries, unchanged: Fragment): Conditions {
  return { problem: q`null`, unchanged, before: q`to_jsonb(c.tags)` };
}

/** What a client refers to must belong to its reseller or to one above it. */
function reference(
  q: Queries,
  { column, table }: { readonly column: string; readonly table: string },
  id: string | null,
): Conditions {
  const isOther = q`c.${q(column)} is distinct from ${id}::bigint`;
  const owned = q`exists (
    select 1 from resellers o join ${q(table)} s on s.id = ${id}::bigint
    where o.id = c.reseller_id and o.path @> array[${table === 'resellers' ? q`s.id` : q`s.reseller_id`}])`;
  const nameOf = (of: Fragment): Fragment => q`to_jsonb((select s.name from ${q(table)} s where s.id = ${of}))`;
  return {
    problem: problemWhere(q, q`${isOther} and not ${owned}`, id === null ? null : 'conflict'),
    unchanged: q`not ${isOther}`,
    before: nameOf(q`c.${q(column)}`),
    after: nameOf(q`${id}::bigint`),
  };
}

/** The client has set something itself that the template sets. */
function hasOwn(q: Queries, clientTemplateId: string | null): Fragment {
  return q`coalesce((
    select c.own_fields && array(select jsonb_object_keys(t.values))
    from client_templates t where t.id = ${clientTemplateId}::bigint), false)`;
}

function limitProblem(q: Queries, currency: string | undefined): Fragment {
  const isLimitless = problemWhere(q, q`c.balance_model = 'unlimited'`, 'client_unlimited');
  return currency === undefined
    ? isLimitless
    : firstOf(q, isLimitless, [q`c.currency <> ${currency}`, 'currency_mismatch']);
}

/** @param problem null: there is none */
function problemWhere(q: Queries, condition: Fragment, problem: RowProblem | null): Fragment {
  return problem === null ? q`null::text` : q`case when ${condition} then ${problem}::text end`;
}

function firstOf(
  q: Queries,
  first: Fragment,
  ...more: readonly (readonly [condition: Fragment, problem: RowProblem])[]
): Fragment {
  return more.reduce((all, [condition, problem]) => q`coalesce(${all}, ${problemWhere(q, condition, problem)})`, first);
}
