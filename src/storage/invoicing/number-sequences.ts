import type { NumberFormat } from '../../domain/invoicing/invoice-numbers.js';
import { defaultNumberFormats } from '../../domain/invoicing/invoice-numbers.js';
import type { InvoiceType } from '../../domain/invoicing/payment-status.js';
import type { Queries, Transaction } from '../system/database.js';

export interface TakenNumber {
  readonly sequenceId: string;
  readonly prefix: string;
  readonly format: string;
  readonly seq: bigint;
}

/** Takes the next number of a reseller. */
export async function takeNumber(
  tx: Transaction,
  resellerId: string,
  type: InvoiceType,
  year: number,
): Promise<TakenNumber> {
  const [number] = await takeNumbers(tx, resellerId, type, year, 1);
  if (!number) throw new TypeError('a number is always there');
  return number;
}

/**
 * Takes the next numbers of a reseller. The sequence is locked until the transaction ends: where that fails, the numbers
 * were not taken.
 */
export async function takeNumbers(
  tx: Transaction,
  resellerId: string,
  type: InvoiceType,
  year: number,
  count: number,
): Promise<TakenNumber[]> {
  const { prefix, format, restart } = defaultNumberFormats[type];
  const [row] = await tx<{ sequenceId: string; prefix: string; format: string; seq: string }[]>`
    select sequence as "sequenceId", prefix, format, seq
    from take_invoice_numbers(${resellerId}, ${type}, ${year}, ${count}, ${prefix}, ${format}, ${restart})`;
  if (!row) throw new TypeError('a number is always there');
  const first = BigInt(row.seq);
  return Array.from({ length: count }, (_, n) => ({ ...row, seq: first + BigInt(n) }));
}

/** How a reseller's invoices of a type are numbered; version 0: it was never set. */
export interface SequenceRow extends NumberFormat {
  readonly type: InvoiceType;
  /** the last number that was taken, in the year where numbers begin again; 0: none */
  readonly last: string;
  readonly version: number;
}

export async function readSequence(
  q: Queries,
  resellerId: string,
  type: InvoiceType,
  year: number,
): Promise<SequenceRow> {
  const [row] = await q<SequenceRow[]>`
    select s.type, s.prefix, s.format, s.restart, s.version,
      coalesce((select c.last from invoice_counters c
        where c.sequence_id = s.id and c.year = case s.restart when 'yearly' then ${year}::int else 0 end), 0) as last
    from invoice_sequences s where s.reseller_id = ${resellerId} and s.type = ${type}`;
  return row ?? { ...defaultNumberFormats[type], type, last: '0', version: 0 };
}

/**
 * Sets the format, whose row is created where there is none. Numbers continue also where they begin again every year from now
 * on, or do not any more, so that none of them is given twice.
 */
export async function saveSequence(
  tx: Transaction,
  resellerId: string,
  type: InvoiceType,
  { prefix, format, restart }: NumberFormat,
  year: number,
): Promise<void> {
  const [row] = await tx<{ id: string }[]>`
    insert into invoice_sequences (reseller_id, type, prefix, format, restart)
    values (${resellerId}, ${type}, ${prefix}, ${format}, ${restart})
    on conflict (reseller_id, type) do update
    set prefix = excluded.prefix, format = excluded.format, restart = excluded.restart,
      version = invoice_sequences.version + 1
    returning id`;
  await tx`
    insert into invoice_counters (sequence_id, year, last)
    select sequence_id, ${restart === 'yearly' ? year : 0}, max(last) from invoice_counters
    where sequence_id = ${row?.id ?? null} group by 1
    on conflict (sequence_id, year) do update set last = greatest(invoice_counters.last, excluded.last)`;
}
