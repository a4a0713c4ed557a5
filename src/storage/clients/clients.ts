import type { Fragment } from 'postgres';
import {
  clientFieldSpecs,
  type ClientFieldName,
  type ClientFieldValue,
  type InheritableField,
} from '../../domain/clients/client-fields.js';
import type { TemplateValues } from '../../domain/clients/client-inheritance.js';
import type { CapacityDecision } from '../../domain/monitoring/actions/capacity.js';
import type { Verdict } from '../../domain/monitoring/evaluate.js';
import type { UnhealthyReason } from '../../domain/monitoring/monitor-health.js';
import type { ClientState } from '../../domain/monitoring/client-state.js';
import type { Queries, Transaction } from '../system/database.js';
import { fieldColumns } from './client-columns.js';
import {
  clientTables,
  headroom,
  headroomPercent,
  isNearestConverted,
  mailFailing,
  nearestThreshold,
  recipientMissing,
} from './client-measures.js';
import { sharedNames } from './shared-names.js';
import { fixed, lastKnown, live, sourceInForce, type BalanceSourceKind } from '../ledger/live-balance.js';
import { rateAt } from '../rates/current-rate.js';
import { lastCapacity } from '../monitoring/capacity-changes.js';
import { isOverdue, stateNow, stateSinceNow, unhealthyReason } from '../monitoring/state-now.js';
import { visibleClient } from '../system/tenancy.js';

/** Reads a client (docs/manuals.md#clients). Listing them: client-list.ts; writing them: client-writes.ts. */

export const clientStatuses = [...clientFieldSpecs.status.values, 'deleted'] as const;
export type ClientStatus = (typeof clientStatuses)[number];

/** The fields of the catalogue as they are read. */
export type StoredFields = {
  readonly [Name in ClientFieldName]: Name extends 'status' ? ClientStatus : ClientFieldValue<Name>;
};

/** A client with what the lists show besides it; amounts as PostgreSQL writes them. */
export interface ClientRow extends StoredFields {
  readonly id: string;
  readonly resellerName: string;
  readonly managerName: string | null;
  readonly profileName: string | null;
  /** of its payment terms: `7/7`, `on 1/14` */
  readonly paymentTermsLabel: string | null;
  readonly paymentTermsName: string | null;
  readonly taxProfileName: string | null;
  readonly customerClassName: string | null;
  readonly originationRateTableName: string | null;
  readonly terminationRateTableName: string | null;
  readonly agreementName: string | null;
  readonly invoiceTemplateName: string | null;
  readonly clientTemplateName: string | null;
  /** what its template sets; null: it has none */
  readonly templateValues: TemplateValues | null;
  /** that it has set itself, whatever its template says */
  readonly ownFields: readonly InheritableField[];
  /** null: unknown */
  readonly live: string | null;
  /** while the balance is unknown, the last that was known; null: none was */
  readonly lastKnownLive: string | null;
  readonly lastKnownAt: Date | null;
  /** null: only a ledger of our own knows */
  readonly fixed: string | null;
  /** where balances come from */
  readonly source: BalanceSourceKind;
  /** temporary credit that is active at the instant of reading */
  readonly temporaryCredit: string;
  /** end of the active temporary credit; null: none */
  readonly temporaryUntil: Date | null;
  /** the highest threshold that applies, in the client's currency; null: none does */
  readonly nearestThreshold: string | null;
  /** it was converted from the profile's currency */
  readonly isNearestConverted: boolean;
  /** available less the nearest threshold */
  readonly headroom: string | null;
  /** the same in percent of the threshold; null also where that is 0 */
  readonly headroomPercent: string | null;
  /** the trigger `note_delivery_outcome` writes it */
  readonly lastNoticeAt: Date | null;
  readonly lastChargeAt: Date | null;
  readonly recipientMissing: boolean;
  readonly mailFailing: boolean;
  readonly overdue: boolean;
  /** null: healthy */
  readonly unhealthyReason: UnhealthyReason | null;
  /** with all decimals; null: its capacity was never lowered */
  readonly lastCapacity: CapacityDecision | null;
  /** of the last evaluation, in the order of the rules */
  readonly verdicts: readonly Verdict[];
  /** of the profile's rules by their keys, in its currency; null: off */
  readonly profileThresholds: Readonly<Record<string, string | null>> | null;
  readonly profileCurrency: string | null;
  /** from the client's currency to the profile's; null: there is none now */
  readonly profileRate: string | null;
  readonly state: ClientState;
  readonly stateSince: Date;
  readonly lastCheckAt: Date | null;
  readonly nextCheckAt: Date | null;
  readonly version: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** Of the tables that `clientTables` names. */
export function clientColumns(q: Queries, at: Date): Fragment {
  return q`
    c.id, ${fieldColumns(q)}, r.name as "resellerName", o.name as "managerName", p.name as "profileName",
    ${sharedNames(q)}, c.own_fields as "ownFields",
    c.version, c.created_at as "createdAt", c.updated_at as "updatedAt",
    ${live(q)} as live, ${fixed(q)} as fixed, ${lastKnown(q)}, ${sourceInForce(q)} as source, coalesce(t.amount, 0) as "temporaryCredit", t.valid_until as "temporaryUntil",
    ${stateNow(q, at)} as state, ${stateSinceNow(q, at)} as "stateSince",
    m.last_check_at as "lastCheckAt", m.next_check_at as "nextCheckAt", ${isOverdue(q, at)} as overdue,
    ${unhealthyReason(q, at)} as "unhealthyReason",
    ${nearestThreshold(q)} as "nearestThreshold", ${isNearestConverted(q)} as "isNearestConverted", ${headroom(q)} as headroom, ${headroomPercent(q)} as "headroomPercent",
    m.last_notice_at as "lastNoticeAt", b.last_charge_at as "lastChargeAt", ${recipientMissing(q)} as "recipientMissing",
    ${mailFailing(q)} as "mailFailing", m.verdicts, ${lastCapacity(q)} as "lastCapacity", p.currency as "profileCurrency",
    (select json_object_agg(k.key, k.threshold::text) from profile_rules k where k.profile_id = c.profile_id)
      as "profileThresholds",
    case when p.currency = c.currency then '1'
      else ${rateAt(q, q`c.currency`, q`p.currency`, q`${at}`)}::text end as "profileRate"`;
}

/** Null when there is none that a caller of `withinId` may see. */
export async function findClient(q: Queries, withinId: string, id: string, atMs: number): Promise<ClientRow | null> {
  const at = new Date(atMs);
  const [row] = await q<ClientRow[]>`
    select ${clientColumns(q, at)} from ${clientTables(q, at)} where c.id = ${id} and ${visibleClient(q, withinId)}`;
  return row ?? null;
}

/** The client's reseller and status, read for the system itself and not for a caller; null: there is no client. */
export async function readClientOwner(
  q: Queries,
  id: string,
): Promise<{ readonly resellerId: string; readonly status: ClientStatus } | null> {
  const [row] = await q<{ resellerId: string; status: ClientStatus }[]>`
    select reseller_id as "resellerId", status from clients where id = ${id}`;
  return row ?? null;
}

/** As `findClient`, locked against others who would change it. */
export async function lockClient(
  tx: Transaction,
  withinId: string,
  id: string,
  atMs: number,
): Promise<ClientRow | null> {
  await tx`select 1 from clients where id = ${id} for update`;
  return findClient(tx, withinId, id, atMs);
}

/** What the clients of the example data are tagged with. */
const demoTag = 'demo';

/** True while the database holds example data. */
export async function hasDemoClients(q: Queries): Promise<boolean> {
  const found =
    await q`select 1 from clients where lower_texts(tags) @> array[${demoTag}] and status <> 'deleted' limit 1`;
  return found.length > 0;
}
