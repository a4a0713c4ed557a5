import { availableOrNull } from '../../../domain/balance.js';
import { formatMoney, moneyOf } from '../../../domain/money.js';
import type { ClientRow } from '../../../storage/clients/clients.js';
import { timeOrNull, timeText } from '../../contract/schemas.js';
import type { z } from '../../contract/zod.js';
import type { clientSchema } from './schema.js';

type ClientJson = z.output<typeof clientSchema>;

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
