import { availableOrNull } from '../../../domain/balance.js';
import { formatMoney, moneyOf } from '../../../domain/money.js';
import { parseWarningThresholds } from '../../../domain/monitoring/rules.js';
import { DomainError } from '../../../domain/errors.js';
import type { NewClientFields } from '../../../storage/clients/client-writes.js';
import type { ClientFields, ClientRow } from '../../../storage/clients/clients.js';
import { timeOrNull, timeText } from '../../contract/schemas.js';
import type { z } from '../../contract/zod.js';
import type { clientBody, clientPatch, clientSchema } from './schema.js';

type ClientBody = z.output<typeof clientBody>;
type ClientPatch = z.output<typeof clientPatch>;
type ClientJson = z.output<typeof clientSchema>;

/** @throws DomainError `invalid` for warning thresholds that do not fit the balance model */
export function fieldsOf(body: ClientBody, ownResellerId: string): NewClientFields {
  const warningThresholds = parseWarningThresholds(body.warningThresholds, body, '/warningThresholds');
  return { ...body, warningThresholds, resellerId: body.resellerId ?? ownResellerId };
}

/**
 * The fields after a PATCH.
 *
 * @throws DomainError `client_deleted`, or `invalid` as for a whole body
 */
export function patched(row: ClientRow, patch: ClientPatch): ClientFields {
  if (row.status === 'deleted') throw new DomainError('client_deleted', 'the client is deleted and takes no changes');
  const fields: ClientFields = {
    name: patch.name ?? row.name,
    resellerId: patch.resellerId ?? row.resellerId,
    managerId: changed(patch.managerId, row.managerId),
    profileId: changed(patch.profileId, row.profileId),
    currency: patch.currency ?? row.currency,
    balanceModel: patch.balanceModel ?? row.balanceModel,
    creditLimit: patch.creditLimit ?? row.creditLimit,
    status: patch.status ?? row.status,
    billingEmail: changed(patch.billingEmail, row.billingEmail),
    ownerEmail: changed(patch.ownerEmail, row.ownerEmail),
    warningThresholds: patch.warningThresholds ?? row.warningThresholds,
    checkEveryMinutes: patch.checkEveryMinutes ?? row.checkEveryMinutes,
    timezone: patch.timezone ?? row.timezone,
    locale: patch.locale ?? row.locale,
    paymentTerms: changed(patch.paymentTerms, row.paymentTerms),
    tags: patch.tags ?? row.tags,
    externalId: changed(patch.externalId, row.externalId),
  };
  return {
    ...fields,
    warningThresholds: parseWarningThresholds(fields.warningThresholds, fields, '/warningThresholds'),
  };
}

/** null empties a field, absent leaves it. */
function changed(sent: string | null | undefined, kept: string | null): string | null {
  return sent === undefined ? kept : sent;
}

/** @param nowMs the instant at which the row was read */
export function clientJson(row: ClientRow, nowMs: number): ClientJson {
  const { currency } = row;
  const inCurrency = (amount: string): { amount: string; currency: string } => ({
    amount: formatMoney(moneyOf(amount)),
    currency,
  });
  const whereKnown = (amount: string | null): { amount: string; currency: string } | null =>
    amount === null ? null : inCurrency(amount);
  const available = availableOrNull(row);
  return {
    id: row.id,
    name: row.name,
    resellerId: row.resellerId,
    resellerName: row.resellerName,
    managerId: row.managerId,
    managerName: row.managerName,
    profileId: row.profileId,
    profileName: row.profileName,
    currency: row.currency,
    balanceModel: row.balanceModel,
    openingBalance: formatMoney(moneyOf(row.openingBalance)),
    creditLimit: formatMoney(moneyOf(row.creditLimit)),
    status: row.status,
    billingEmail: row.billingEmail,
    ownerEmail: row.ownerEmail,
    warningThresholds: [...row.warningThresholds],
    checkEveryMinutes: row.checkEveryMinutes,
    timezone: row.timezone,
    locale: row.locale,
    paymentTerms: row.paymentTerms,
    tags: [...row.tags],
    externalId: row.externalId,
    balance: {
      available:
        row.balanceModel === 'unlimited'
          ? { unlimited: true, currency }
          : whereKnown(available === null ? null : formatMoney(available)),
      live: whereKnown(row.live),
      fixed: whereKnown(row.fixed),
    },
    state: row.state,
    stateSince: timeText(row.stateSince),
    lastCheckAt: timeOrNull(row.lastCheckAt),
    nextCheckAt: timeOrNull(row.nextCheckAt),
    overdue: row.overdue,
    unhealthyReason: row.unhealthyReason,
    nearestThreshold: whereKnown(row.nearestThreshold),
    headroom:
      row.headroom === null
        ? null
        : { ...inCurrency(row.headroom), percent: row.headroomPercent === null ? null : Number(row.headroomPercent) },
    temporaryCredit: row.temporaryUntil && { ...inCurrency(row.temporaryCredit), until: timeText(row.temporaryUntil) },
    lastNoticeAt: timeOrNull(row.lastNoticeAt),
    lastChargeAt: timeOrNull(row.lastChargeAt),
    mailFailing: row.mailFailing,
    recipientMissing: row.recipientMissing,
    version: row.version,
    createdAt: timeText(row.createdAt),
    updatedAt: timeText(row.updatedAt),
    serverTime: timeText(new Date(nowMs)),
  };
}
