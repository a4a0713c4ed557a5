import { availableOrNull } from '../../../domain/balance.js';
import { DomainError } from '../../../domain/errors.js';
import type { EntryKind, NewEntry, PostedEntry } from '../../../domain/ledger/ledger-entries.js';
import { formatMoney, moneyOf } from '../../../domain/money.js';
import { readAccount, type AccountRow } from '../../../storage/ledger/balance-read.js';
import type { Scope } from '../../../storage/system/scope.js';
import type { Caller } from '../../context.js';
import {
  currency,
  currencyText,
  idText,
  instant,
  line,
  moneyText,
  timeString,
  timeText,
} from '../../contract/schemas.js';
import { z } from '../../contract/zod.js';

/** The caller's own id of an entry: the same id is the same entry. */
export const entryId = z
  .preprocess((value) => (Number.isSafeInteger(value) ? String(value) : value), line(200))
  .openapi({
    type: 'string',
    minLength: 1,
    maxLength: 200,
    description: 'Your own id: sent again with the same body it answers the same, with another body it is refused',
    example: 'pay-2026-000117',
  });

/** What every entry has beside its amount. */
export const entryFields = {
  id: entryId,
  currency,
  at: instant.optional().openapi({ description: 'When it occurred; default: now. At most 5 minutes in the future' }),
  note: line(500).optional(),
};

interface EntryFields {
  readonly id: string;
  readonly currency: string;
  readonly at?: Date | undefined;
  readonly note?: string | undefined;
}

/**
 * Charges and invoices are written as what is charged, above zero, and kept as they act on the balance, below it. Turns
 * one way of writing into the other; other kinds are the same in both.
 */
function turned(kind: EntryKind, amount: string): string {
  return kind === 'charge' || kind === 'invoice' ? formatMoney(-moneyOf(amount)) : amount;
}

/** @param amount decimal string as the caller writes it */
export function newEntry(
  kind: EntryKind,
  clientId: string,
  fields: EntryFields,
  amount: string,
  caller: Caller,
): NewEntry {
  return {
    clientId,
    kind,
    externalId: fields.id,
    amount: moneyOf(turned(kind, amount)),
    currency: fields.currency,
    occurredAt: fields.at?.getTime() ?? null,
    source: caller.actor.id,
    ...(fields.note !== undefined && { note: fields.note }),
  };
}

export const entrySchema = z
  .strictObject({
    id: z.string().openapi({ description: "The caller's id", example: 'cdr-88412' }),
    entryId: idText.openapi({ description: 'Number of the row; grows in the order of recording' }),
    clientId: idText,
    kind: z.enum(['payment', 'charge', 'adjustment', 'transfer', 'invoice']),
    amount: moneyText.openapi({ description: 'Signed as it acts on the balance: a charge or an invoice is negative' }),
    currency: currencyText,
    at: timeString,
    recordedAt: timeString,
    liveAfter: moneyText.openapi({ description: 'Live balance after it, in the order of recording' }),
    source: z.string().openapi({ description: 'Who posted it', example: 'key:3' }),
    note: z.string().nullable(),
  })
  .openapi('LedgerEntry');

export function entryJson(entry: PostedEntry): z.input<typeof entrySchema> {
  return {
    id: entry.externalId,
    entryId: entry.id,
    clientId: entry.clientId,
    kind: entry.kind,
    amount: entry.amount,
    currency: entry.currency,
    at: timeText(entry.occurredAt),
    recordedAt: timeText(entry.recordedAt),
    liveAfter: entry.liveAfter,
    source: entry.source,
    note: entry.note,
  };
}

const balanceAfter = z.strictObject({
  live: moneyText,
  available: moneyText
    .nullable()
    .openapi({ description: 'With the credit that is valid now; null: the client has no limit' }),
});

export const paymentSchema = z
  .strictObject({
    id: z.string().openapi({ example: 'pay-2026-000117' }),
    clientId: idText,
    amount: moneyText,
    currency: currencyText,
    at: timeString,
    recordedAt: timeString,
    note: z.string().nullable(),
    balance: balanceAfter.openapi({ description: 'Right after this entry' }),
  })
  .openapi('Payment');

/** An entry as its caller sees it. */
export function postedJson(entry: PostedEntry, account: AccountRow): z.input<typeof paymentSchema> {
  const available = availableOrNull({ ...account, live: entry.liveAfter });
  return {
    id: entry.externalId,
    clientId: entry.clientId,
    amount: turned(entry.kind, entry.amount),
    currency: entry.currency,
    at: timeText(entry.occurredAt),
    recordedAt: timeText(entry.recordedAt),
    note: entry.note,
    balance: {
      live: entry.liveAfter,
      available: available === null ? null : formatMoney(available),
    },
  };
}

/** @throws DomainError `not_found` also for a client of somebody else */
export async function requireAccount(
  { scope, now }: { readonly scope: Scope; readonly now: number },
  clientId: string,
  pointer = '/path/id',
): Promise<AccountRow> {
  const account = await scope.read((q) => readAccount(q, scope.resellerId, clientId, now));
  if (!account) throw new DomainError('not_found', `there is no client ${clientId}`, pointer);
  return account;
}
