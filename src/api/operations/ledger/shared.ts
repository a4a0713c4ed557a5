import { availableOrNull } from '../../../domain/ledger/balance.js';
import { DomainError } from '../../../domain/errors.js';
import { entryKinds, type EntryKind } from '../../../domain/ledger/entry-kinds.js';
import type { NewEntry, PostedEntry } from '../../../domain/ledger/entry.js';
import { formatMoney, moneyOf } from '../../../domain/money.js';
import { readAccount, type AccountRow } from '../../../storage/ledger/balance-read.js';
import type { Scope } from '../../../storage/system/scope.js';
import type { Caller } from '../../context.js';
import {
  currency,
  currencyText,
  foreignId,
  idText,
  instant,
  line,
  moneyText,
  reference,
  timeString,
  timeText,
} from '../../contract/schemas.js';
import { z } from '../../contract/zod.js';

/** The caller's own id of an entry: the same id is the same entry. */
export const entryId = z
  .preprocess((value) => (Number.isSafeInteger(value) ? String(value) : value), foreignId(200))
  .openapi({
    type: 'string',
    minLength: 1,
    maxLength: 200,
    description:
      'You choose the id. A repeated request with the same id and body gets the same response; with another body ' +
      'it is refused',
    example: 'pay-2026-000117',
  });

/** What every entry has besides its amount. */
export const entryFields = {
  id: entryId,
  currency,
  at: instant
    .optional()
    .openapi({ description: 'When the entry occurred; default: now. Up to 5 minutes in the future' }),
  note: line(500).optional(),
};

/** Of payments, charges, and adjustments. */
export const accountField = reference.optional().openapi({
  description: 'Account under the client that the entry is about; default: the client’s common part',
});

type EntryFields = z.output<z.ZodObject<typeof entryFields>> & { readonly accountId?: string | undefined };

/**
 * Charges are written as what is charged, above zero, and kept as they act on the balance, below it. Turns one way of
 * writing into the other; other kinds are the same in both.
 */
function turned(kind: EntryKind, amount: string): string {
  return kind === 'charge' ? formatMoney(-moneyOf(amount)) : amount;
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
    ...(fields.accountId !== undefined && { accountId: fields.accountId }),
  };
}

export const entrySchema = z
  .strictObject({
    id: z.string().openapi({ description: 'Id from the request', example: 'cdr-88412' }),
    entryId: idText.openapi({ description: 'Row number, in recording order' }),
    clientId: idText,
    kind: z.enum(entryKinds),
    amount: moneyText.openapi({
      description: 'Signed by its effect on the balance: a charge or an issued invoice is negative',
    }),
    currency: currencyText,
    at: timeString,
    recordedAt: timeString,
    liveAfter: moneyText.openapi({ description: 'Live balance after the entry, in recording order' }),
    source: z.string().openapi({ description: 'Who recorded it', example: 'key:3' }),
    note: z.string().nullable(),
    accountId: idText.nullable().openapi({ description: 'Account under the client; null: the common part' }),
    transferId: idText.nullable().openapi({ description: 'The transfer that the entry is a line of' }),
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
    accountId: entry.accountId,
    transferId: entry.transferId,
  };
}

export const balanceAfter = z.strictObject({
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
    accountId: idText.nullable().openapi({ description: 'Account under the client; null: the common part' }),
    balance: balanceAfter.openapi({ description: 'Balances right after this entry' }),
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
    accountId: entry.accountId,
    balance: {
      live: entry.liveAfter,
      available: available === null ? null : formatMoney(available),
    },
  };
}

/** @throws DomainError `not_found` also for a client of another reseller */
export async function requireAccount(
  { scope, now }: { readonly scope: Scope; readonly now: number },
  clientId: string,
  pointer = '/path/id',
): Promise<AccountRow> {
  const account = await scope.read((q) => readAccount(q, scope.resellerId, clientId, now));
  if (!account) throw new DomainError('not_found', `there is no client ${clientId}`, pointer);
  return account;
}

/** What is available now; null: unknown, or nothing limits it. */
export function availableText(account: AccountRow): string | null {
  const available = availableOrNull(account);
  return available === null ? null : formatMoney(available);
}
