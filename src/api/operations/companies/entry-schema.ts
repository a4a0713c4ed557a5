import { ledgerSides } from '../../../domain/companies/company-balances.js';
import { companyEntryKinds } from '../../../domain/companies/company-entries.js';
import { formatMoney, moneyOf } from '../../../domain/money.js';
import type { CompanyEntryRow } from '../../../storage/companies/company-entries.js';
import { actorNameText, currencyText, idText, moneyText, timeString, timeText } from '../../contract/schemas.js';
import { z } from '../../contract/zod.js';

export const entryKind = z.enum(companyEntryKinds).openapi({
  description:
    '`payment` raises the balance · `charge` lowers it · `adjustment` corrects it · `netting` moves both balances by the ' +
    'same amount',
});

export const companyEntrySchema = z
  .strictObject({
    id: z.string().openapi({ description: 'Id from the request', example: 'pay-2026-000117' }),
    entryId: idText.openapi({ description: 'Row number, in recording order' }),
    side: z.enum(ledgerSides),
    kind: entryKind,
    amount: moneyText.openapi({ description: 'Signed by its effect on the balance' }),
    currency: currencyText,
    at: timeString,
    recordedAt: timeString,
    balanceAfter: moneyText.openapi({ description: 'Balance of the side after the entry, in recording order' }),
    source: z.string().openapi({ description: 'Who recorded it', example: 'key:3' }),
    sourceName: actorNameText,
    note: z.string().nullable(),
  })
  .openapi('CompanyEntry');

export function companyEntryJson(row: CompanyEntryRow): z.output<typeof companyEntrySchema> {
  return {
    id: row.externalId,
    entryId: row.id,
    side: row.side,
    kind: row.kind,
    amount: formatMoney(moneyOf(row.amount)),
    currency: row.currency,
    at: timeText(row.occurredAt),
    recordedAt: timeText(row.recordedAt),
    balanceAfter: formatMoney(moneyOf(row.balanceAfter)),
    source: row.source,
    sourceName: row.sourceName,
    note: row.note,
  };
}
