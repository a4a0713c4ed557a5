import type { Fragment } from 'postgres';
import type { Queries } from '../system/database.js';

/**
 * Why the last attempt of a delivery did not end in acceptance: `rejected` for good, `deferred` by the server's answer,
 * `unreachable` without one, `interrupted` with its worker, `uncertain` after the message was transmitted.
 */
export const failureReasons = ['rejected', 'deferred', 'unreachable', 'interrupted', 'uncertain'] as const;
export type FailureReason = (typeof failureReasons)[number];

/** A failure as a list shows it. */
export interface DeliveryFailure {
  readonly reason: FailureReason;
  /** of SMTP; null: the server gave none */
  readonly code: number | null;
  /** what the server, or the connection, answered */
  readonly reply: string | null;
}

/** Joins to `deliveries d` its last attempt that has ended, as `a`; nulls where there is none, or the last was accepted. */
export function lastFailedAttempt(q: Queries): Fragment {
  return q`left join lateral (
    select t.outcome, t.code, t.reply from delivery_attempts t
    where t.delivery_id = d.id and t.outcome is not null order by t.attempt desc limit 1
  ) a on a.outcome <> 'accepted' and d.status in ('sending', 'retrying', 'failed', 'uncertain')`;
}

/** A value of `failureReasons`; null: the last attempt did not fail. */
export function failureReason(q: Queries): Fragment {
  return q`case a.outcome
    when 'refused_for_good' then 'rejected'
    when 'refused' then case when a.code is null then 'unreachable' else 'deferred' end
    else a.outcome end`;
}

/** A `DeliveryFailure` as JSON, or null. */
export function failureJson(q: Queries): Fragment {
  return q`case when a.outcome is not null then
    json_build_object('reason', ${failureReason(q)}, 'code', a.code, 'reply', a.reply) end`;
}

/** How an accepted message came back. */
export interface DeliveryBounce {
  readonly at: string;
  /** empty: not reported */
  readonly code: string;
  readonly detail: string;
}

/** A `DeliveryBounce` of `deliveries d` as JSON, or null. */
export function bounceJson(q: Queries): Fragment {
  return q`case when d.bounced_at is not null then
    json_build_object('at', d.bounced_at, 'code', d.bounce_status, 'detail', d.bounce_detail) end`;
}
