import { DomainError } from '../../../domain/errors.js';
import { entryKinds } from '../../../domain/ledger/entry-kinds.js';
import {
  balanceReportList,
  frameLines,
  readReportSummary,
  type BalanceReport,
  type ReportLineRow,
} from '../../../storage/reports/balance-report.js';
import { requireZone } from '../../../storage/system/time-zones.js';
import { defineList } from '../../contract/define-list.js';
import { currencyText, idText, moneyText, pathId, timeString, timeText } from '../../contract/schemas.js';
import { zoneName } from '../../contract/zone-name.js';
import { z } from '../../contract/zod.js';
import { day, text } from '../invoicing/schema.js';
import { requireAccount } from '../ledger/shared.js';

const lineKinds = [...frameLines, ...entryKinds] as const;

const lineSchema = z
  .strictObject({
    id: idText,
    at: timeString,
    kind: z.enum(lineKinds).openapi({
      description: '`opening` and `closing` frame the entries',
    }),
    reference: z.string().nullable().openapi({ description: 'The entry’s own id' }),
    amount: moneyText.nullable().openapi({
      description: 'Signed by its effect on the balance; of `closing`: what the entries add up to; null: `opening`',
    }),
    balance: moneyText.openapi({ description: 'After the line' }),
    currency: currencyText,
    source: z.string().nullable(),
    note: z.string().nullable(),
  })
  .openapi('BalanceReportLine');

const summarySchema = z
  .strictObject({
    from: timeString,
    to: timeString.openapi({ description: 'Exclusive' }),
    timezone: z.string(),
    currency: currencyText,
    opening: moneyText,
    closing: moneyText,
    rounding: moneyText.openapi({
      description:
        'By how much the fixed balance is above the live one because totals of invoices are rounded; it moves neither',
    }),
    kinds: z.array(z.strictObject({ kind: z.enum(entryKinds), entries: z.int(), amount: moneyText })),
  })
  .openapi('BalanceReportSummary');

export const balanceReportOperation = defineList({
  id: 'readBalanceReport',
  path: '/v1/clients/{id}/balance-report',
  area: 'ledger',
  summary: 'Report how a client’s balance moved',
  description:
    'Opening, every ledger entry that moves the balance by when it occurred, and closing. Days are those of `timezone`, both ' +
    'included.',
  scope: 'payments:read',
  params: z.strictObject({ id: pathId }),
  filters: {
    balance: z.enum(['live', 'fixed']).default('live'),
    from: day.optional().openapi({ description: 'First day; default: 30 days before the last' }),
    to: day.optional().openapi({ description: 'Last day; default: today' }),
    timezone: zoneName.optional().openapi({ description: 'IANA name; default: the client’s', example: 'Europe/Kyiv' }),
  },
  sorts: ['at'],
  order: 'at',
  page: 'A page of the report',
  item: lineSchema,
  async require(input) {
    await requireAccount(input, input.params.id);
    const { from, to, timezone } = input.filter;
    if (from !== null && to !== null && to < from)
      throw new DomainError('invalid', 'must not be before `from`', '/query/to');
    if (timezone !== null) await input.scope.read((q) => requireZone(q, timezone, '/query/timezone'));
  },
  rows: (q, input) => balanceReportList(q, reportOf(input)),
  toJson: lineJson,
  include: {
    summary: {
      what: 'the range, the balances at its ends, and the sum of each kind of entry',
      schema: summarySchema,
      async beside(q, input) {
        const { starts, ends, timezone, currency, opening, closing, rounding, kinds } = await readReportSummary(
          q,
          reportOf(input),
        );
        return {
          ...{ from: timeText(starts), to: timeText(ends), timezone, currency },
          ...{ opening: text(opening), closing: text(closing), rounding: text(rounding) },
          kinds: kinds.map(({ kind, entries, amount }) => ({ kind, entries, amount: text(amount) })),
        };
      },
    },
  },
  csv: {
    id: 'exportBalanceReport',
    name: 'balance-report',
    what: 'a balance report of a client',
    params: { id: 'clientId' },
    columns: {
      at: { header: 'Time', value: ({ at }) => at },
      kind: { header: 'Type', value: ({ kind }) => kind },
      reference: { header: 'Reference', value: ({ reference }) => reference },
      amount: { header: 'Amount', value: ({ amount }) => (amount === null ? null : { number: amount }) },
      balance: { header: 'Balance', value: ({ balance }) => ({ number: balance }) },
      currency: { header: 'Currency', value: ({ currency }) => currency },
      source: { header: 'Recorded by', value: ({ source }) => source },
      note: { header: 'Note', value: ({ note }) => note },
    },
  },
});

function reportOf({
  params,
  filter,
  now,
}: {
  readonly params: { readonly id: string };
  readonly filter: Omit<BalanceReport, 'clientId' | 'now'>;
  readonly now: number;
}): BalanceReport {
  const { balance, from, to, timezone } = filter;
  return { clientId: params.id, balance, from, to, timezone, now: new Date(now) };
}

function lineJson(row: ReportLineRow): z.output<typeof lineSchema> {
  return {
    id: row.id,
    at: timeText(row.at),
    kind: row.kind,
    reference: row.reference,
    amount: row.amount === null ? null : text(row.amount),
    balance: text(row.balance),
    currency: row.currency,
    source: row.source,
    note: row.note,
  };
}
