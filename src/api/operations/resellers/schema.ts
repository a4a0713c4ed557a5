import { DomainError } from '../../../domain/errors.js';
import { formatMoney, formatMoneyFor, moneyOf } from '../../../domain/money.js';
import { resellerKinds, resellerStatuses, type ResellerRow } from '../../../storage/resellers/resellers.js';
import { emailAddress } from '../../contract/emails.js';
import { patchShape } from '../../contract/patch-shape.js';
import {
  currency,
  currencyText,
  idText,
  language,
  line,
  money,
  moneyText,
  pathId,
  reason,
  reference,
  timeString,
  timeText,
  timezone,
} from '../../contract/schemas.js';
import { z } from '../../contract/zod.js';

/** Companies with clients, and their managers (docs/manuals.md#reseller-tree). */

const name = line(200).openapi({ example: 'Sub-Reseller B' });
const email = emailAddress.nullable().openapi({
  type: ['string', 'null'],
  description:
    'Notified as the client owner if neither the client nor its manager has an email; null: that of the nearest ' +
    'reseller above',
});

const resellerFields = {
  name,
  email: email.default(null),
  locale: language.default('en'),
  timezone: timezone.default('UTC'),
  currency: currency
    .nullable()
    .default(null)
    .openapi({
      type: ['string', 'null'],
      description: 'Of the reseller’s ledger; fixed once it has an entry. null: none yet. A manager has none',
    }),
  credit: money({ least: 'zero' }).default('0.00').openapi({
    description: 'Added to the live balance of the reseller’s ledger: available = live + credit. A manager has none',
  }),
};

export const resellerBody = z
  .strictObject({
    ...resellerFields,
    parentId: reference.optional().openapi({ description: 'Parent reseller; default: the caller’s' }),
    kind: z.enum(['reseller', 'manager']).default('reseller').openapi({
      description: 'A manager is responsible for a group of the reseller’s clients and has no sub-resellers',
    }),
    reason: reason.optional(),
  })
  .openapi('ResellerInput');

export const resellerPatch = z
  .strictObject({ ...patchShape(resellerFields), reason: reason.optional() })
  .openapi('ResellerPatch');

const resellerShape = {
  id: idText,
  parentId: idText.nullable(),
  kind: z.enum(resellerKinds),
  name: z.string(),
  email: z.string().nullable(),
  locale: z.string().openapi({ description: 'Default for new clients; also used in notifications to staff' }),
  timezone: z.string().openapi({ description: 'Default for new clients; also used in notifications to staff' }),
  status: z.enum(resellerStatuses),
  currency: currencyText.nullable(),
  credit: moneyText,
  live: moneyText.openapi({ description: 'Sum of the reseller’s ledger: payments and adjustments' }),
  available: moneyText.openapi({ description: 'Live balance and credit' }),
  path: z.array(idText).openapi({ description: 'Ids from the root to this one' }),
  clients: z.int().openapi({ description: 'Own clients, without those of sub-resellers' }),
  version: z.int(),
  createdAt: timeString,
};

export const resellerSchema = z.strictObject(resellerShape).openapi('Reseller');
export type ResellerJson = z.output<typeof resellerSchema>;

export const resellerParams = z.strictObject({ id: pathId });

export function resellerJson(row: ResellerRow): ResellerJson {
  return {
    id: row.id,
    parentId: row.parentId,
    kind: row.kind,
    name: row.name,
    email: row.email,
    locale: row.locale,
    timezone: row.timezone,
    status: row.status,
    currency: row.currency,
    credit: amountText(row.credit, row.currency),
    live: amountText(row.live, row.currency),
    available: amountText(formatMoney(moneyOf(row.live) + moneyOf(row.credit)), row.currency),
    path: [...row.path],
    clients: row.clients,
    version: row.version,
    createdAt: timeText(row.createdAt),
  };
}

function amountText(amount: string, currency: string | null): string {
  return currency === null ? formatMoney(moneyOf(amount)) : formatMoneyFor(moneyOf(amount), currency);
}

/** @throws DomainError `not_found` */
export function existing(row: ResellerRow | null, id: string): ResellerRow {
  if (!row) throw new DomainError('not_found', `there is no reseller ${id}`, '/path/id');
  return row;
}
