import type { Explanation } from '../../../domain/monitoring/explain.js';
import { monitorWorkflowId } from '../../../contract/ids.js';
import { DomainError } from '../../../domain/errors.js';
import { isOverdue, unhealthyReason, type MonitorSigns } from '../../../domain/monitoring/monitor-health.js';
import { clientStates } from '../../../domain/monitoring/client-state.js';
import { readActorName } from '../../../storage/access/actor-name.js';
import type { AccountRow } from '../../../storage/ledger/balance-read.js';
import { readMonitorRow, type MonitorRow } from '../../../storage/monitoring/monitor-read.js';
import { readClientSilences, type ClientSilence } from '../../../storage/silences/client-silences.js';
import { TemporalUnavailable, type MonitorRun } from '../../../temporal/gateway.js';
import type { Scope } from '../../../storage/system/scope.js';
import type { ApiContext, Caller } from '../../context.js';
import {
  actorNameText,
  currencyText,
  idText,
  moneyText,
  orNull,
  pathId,
  timeOrNull,
  timeString,
  timeText,
} from '../../contract/schemas.js';
import { z } from '../../contract/zod.js';
import { availableText, requireAccount } from '../ledger/shared.js';
import { unhealthyReasonField } from './unhealthy.js';

export const monitorParams = z.strictObject({ id: pathId });

export const clientStateSchema = z.enum(clientStates);

export const silenceSchema = z
  .strictObject({
    rule: z.string().nullable().openapi({ description: 'null: all rules' }),
    until: timeString,
  })
  .openapi('Silence');

/** A silence over many clients that covers one of them. */
const coveringSilenceSchema = z
  .strictObject({ id: idText, comment: z.string(), resellerName: z.string(), from: timeString, until: timeString })
  .openapi('CoveringSilence');

export const coveringSilences = z.array(coveringSilenceSchema).openapi({
  description: 'Silences over many clients (`GET /v1/silences`) that cover this one, also those that start later',
});

/** Why the state is `unknown` where balances come from the operator's own systems. */
export const balanceErrorSchema = z
  .strictObject({
    since: timeString.openapi({ description: 'First read without a balance' }),
    source: z.enum(['sql', 'http']),
    reason: z.string().openapi({ example: 'the balance source is not usable: it answered HTTP 503' }),
  })
  .openapi('BalanceError');

export const monitorSchema = z
  .strictObject({
    clientId: idText,
    state: clientStateSchema,
    stateSince: timeString,
    available: moneyText.nullable().openapi({ description: 'null: unknown, or nothing limits it' }),
    currency: currencyText,
    balanceError: orNull(balanceErrorSchema).openapi({
      description: 'Why the balance is unknown; null: the last read returned it',
    }),
    lastCheckAt: timeString.nullable(),
    nextCheckAt: timeString.nullable(),
    overdue: z.boolean().openapi({
      description: 'The next check or another wake is overdue by a minute or more: the state is `unhealthy`',
    }),
    unhealthyReason: unhealthyReasonField,
    pausedBy: z.string().nullable(),
    pausedByName: actorNameText,
    silences: z.array(silenceSchema),
    coveringSilences,
    workflowId: z.string().openapi({ example: 'monitor/7' }),
    run: z
      .strictObject({
        runId: z.string(),
        status: z.enum(['running', 'completed', 'failed', 'cancelled', 'terminated', 'timed_out', 'continued']),
        startedAt: timeString,
        historyLength: z.int(),
      })
      .nullable()
      .openapi({ description: 'null: never started, or Temporal is unavailable' }),
    temporalReachable: z.boolean(),
    temporalUrl: z.string().nullable(),
    pendingDeliveries: z.int().openapi({ description: 'Notifications in progress' }),
    seenAt: timeString.openapi({ description: 'Last report of the monitor' }),
    serverTime: timeString,
  })
  .openapi('Monitor');

/** How a monitor that is asked for a change may fail to answer. */
export const updateProblems = ['monitor_unavailable', 'outcome_pending', 'temporal_unavailable'] as const;

export interface MonitorReader {
  readonly context: ApiContext;
  readonly scope: Scope;
  readonly caller: Caller;
  readonly now: number;
}

/** The client and what is known of its monitor. @throws DomainError `not_found` */
export async function requireMonitor(
  input: MonitorReader,
  clientId: string,
): Promise<{ readonly account: AccountRow; readonly row: MonitorRow }> {
  const { scope, now } = input;
  const account = await requireAccount({ scope, now }, clientId);
  const row = await scope.read((q) => readMonitorRow(q, clientId, now));
  if (!row) throw new DomainError('not_found', `the client ${clientId} has no monitor`, '/path/id');
  return { account, row };
}

/** @throws DomainError `client_deleted`: its monitor has ended */
export function refuseDeleted(account: AccountRow): void {
  if (account.status === 'deleted') {
    throw new DomainError('client_deleted', 'the client is deleted and no longer monitored', '/path/id');
  }
}

/**
 * The monitor with its run. While Temporal does not answer, the run is left out.
 *
 * @param live what the monitor itself has just answered, which the read model may not show yet
 */
export async function monitorJson(
  input: MonitorReader,
  clientId: string,
  live: Explanation | null = null,
): Promise<z.input<typeof monitorSchema>> {
  const { context, now } = input;
  const { account, row } = await requireMonitor(input, clientId);
  const asked = await runOf(context, clientId);
  const covering = await input.scope.read((q) => readClientSilences(q, clientId, new Date(now)));
  const nextCheckAt = live ? new Date(live.nextCheckAt) : row.nextCheckAt;
  const lastCheckAt = live ? dateOrNull(live.lastCheckAt) : row.lastCheckAt;
  const pausedBy = live ? live.pausedBy : row.pausedBy;
  const reason = live ? unhealthyReason(signsOf(live, now), now) : row.unhealthyReason;
  return {
    clientId,
    state: live ? (reason ? 'unhealthy' : live.state) : row.state,
    stateSince: timeText(row.stateSince),
    available: row.fault === null ? availableText(account) : null,
    currency: account.currency,
    balanceError: errorJson(row),
    lastCheckAt: timeOrNull(lastCheckAt),
    nextCheckAt: timeOrNull(nextCheckAt),
    overdue: live ? isOverdue(signsOf(live, now), now) : row.overdue,
    unhealthyReason: reason,
    pausedBy,
    pausedByName: pausedBy && (await input.scope.read((q) => readActorName(q, pausedBy, input.scope.resellerId))),
    silences: silencesJson(live ? live.silences : row.silences, now),
    coveringSilences: coveringJson(covering),
    workflowId: monitorWorkflowId(clientId),
    run: asked.run && { ...asked.run, startedAt: timeText(new Date(asked.run.startedAt)) },
    temporalReachable: asked.reachable,
    temporalUrl: context.temporal.uiUrl(clientId),
    pendingDeliveries: row.pendingDeliveries,
    seenAt: timeText(row.seenAt),
    serverTime: timeText(new Date(now)),
  };
}

/** A monitor that has just answered proceeds; only its check may be late. */
export function signsOf({ nextCheckAt }: Pick<Explanation, 'nextCheckAt'>, now: number): MonitorSigns {
  return { nextCheckAt, nextWakeAt: null, seenAt: now, signaledAt: null, failingSince: null, readRepeats: 0 };
}

async function runOf(
  context: ApiContext,
  clientId: string,
): Promise<{ readonly run: MonitorRun | null; readonly reachable: boolean }> {
  try {
    return { run: await context.temporal.describe(clientId), reachable: true };
  } catch (error) {
    if (!(error instanceof TemporalUnavailable)) throw error;
    return { run: null, reachable: false };
  }
}

export function errorJson({ fault }: MonitorRow): z.input<typeof balanceErrorSchema> | null {
  return fault && { ...fault, since: timeText(fault.since) };
}

/** Those that have not ended. */
export function silencesJson(silences: Readonly<Record<string, number>>, now: number): z.input<typeof silenceSchema>[] {
  return Object.entries(silences)
    .filter(([, until]) => until > now)
    .map(([key, until]) => ({ rule: key === '*' ? null : key, until: timeText(new Date(until)) }));
}

export function coveringJson(silences: readonly ClientSilence[]): z.input<typeof coveringSilenceSchema>[] {
  return silences.map((silence) => ({ ...silence, from: timeText(silence.from), until: timeText(silence.until) }));
}

export function dateOrNull(ms: number | null): Date | null {
  return ms === null ? null : new Date(ms);
}
