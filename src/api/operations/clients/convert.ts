import { availableOrNull } from '../../../domain/ledger/balance.js';
import { clientFieldEntries, type ClientFieldName } from '../../../domain/clients/client-fields.js';
import type { ClientFieldSpec } from '../../../domain/clients/fields/spec.js';
import { formatMoney, moneyOf, roundBeside, type Micros } from '../../../domain/money.js';
import { fromEntries } from '../../../domain/records.js';
import { withPlainAmounts } from '../../../storage/monitoring/capacity-changes.js';
import type { ClientRow, StoredFields } from '../../../storage/clients/clients.js';
import { timeOrNull, timeText } from '../../contract/schemas.js';
import type { z } from '../../contract/zod.js';
import type { AnsweredFields } from './field-schemas.js';
import { capacityJson } from '../monitoring/capacity/capacity.js';
import { lowRuleJson } from './low-rule.js';
import { inheritanceJson } from './inheritance.js';
import { lastKnownJson } from './last-known.js';
import type { clientSchema } from './schema.js';

type ClientJson = z.output<typeof clientSchema>;
type ListedJson = Omit<ClientJson, 'inheritance'>;

/** @param nowMs the instant at which the row was read */
export function clientJson(row: ClientRow, nowMs: number): ClientJson {
  return { ...listedClientJson(row, nowMs), inheritance: inheritanceJson(row) };
}

/** As the list has it. */
export function listedClientJson(row: ClientRow, nowMs: number): ListedJson {
  const { currency } = row;
  const inCurrency = (amount: string): { amount: string; currency: string } => ({
    amount: formatMoney(moneyOf(amount)),
    currency,
  });
  const whereKnown = (amount: string | null): { amount: string; currency: string } | null =>
    amount === null ? null : inCurrency(amount);
  const available = availableOrNull(row);
  const { isNearestConverted } = row;
  const compared = (amount: Micros, other: Micros): { amount: string; currency: string; approximate: boolean } => ({
    amount: formatMoney(isNearestConverted ? roundBeside(amount, other, currency) : amount),
    currency,
    approximate: isNearestConverted,
  });
  return {
    id: row.id,
    ...fieldsJson(row),
    resellerName: row.resellerName,
    managerName: row.managerName,
    profileName: row.profileName,
    paymentTermsLabel: row.paymentTermsLabel,
    paymentTermsName: row.paymentTermsName,
    taxProfileName: row.taxProfileName,
    customerClassName: row.customerClassName,
    originationRateTableName: row.originationRateTableName,
    terminationRateTableName: row.terminationRateTableName,
    agreementName: row.agreementName,
    invoiceTemplateName: row.invoiceTemplateName,
    clientTemplateName: row.clientTemplateName,
    balance: {
      available:
        row.balanceModel === 'unlimited'
          ? { unlimited: true, currency }
          : whereKnown(available === null ? null : formatMoney(available)),
      live: whereKnown(row.live),
      fixed: whereKnown(row.fixed),
      lastKnown: lastKnownJson(row),
    },
    state: row.state,
    stateSince: timeText(row.stateSince),
    lastCheckAt: timeOrNull(row.lastCheckAt),
    nextCheckAt: timeOrNull(row.nextCheckAt),
    overdue: row.overdue,
    unhealthyReason: row.unhealthyReason,
    nearestThreshold: row.nearestThreshold === null ? null : compared(moneyOf(row.nearestThreshold), available ?? 0n),
    headroom:
      row.headroom === null
        ? null
        : {
            ...compared(moneyOf(row.headroom), 0n),
            percent: row.headroomPercent === null ? null : Number(row.headroomPercent),
          },
    lowRule: lowRuleJson(row),
    capacity: capacityJson(row.lastCapacity && withPlainAmounts(row.lastCapacity), row.originationCapacity),
    ruleReasons: row.verdicts.map(({ rule, reason }) => ({ rule, reason })),
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

function fieldsJson(row: ClientRow): AnsweredFields {
  return fromEntries<AnsweredFields>(clientFieldEntries.map(([name, spec]) => [name, valueJson(spec, row[name])]));
}

function valueJson(spec: ClientFieldSpec, value: StoredFields[ClientFieldName]): unknown {
  if (Array.isArray(value)) return [...value];
  return spec.type === 'money' && value !== null ? formatMoney(moneyOf(String(value))) : value;
}
