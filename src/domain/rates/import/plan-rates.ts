import { groupBy } from '../../group-by.js';
import { moneyOf } from '../../money.js';
import type { NoticeKind } from '../agreements/agreement.js';
import { seriesKey, type ComparedFields, type RateChange } from '../tables/rate-changes.js';
import type { RateImportOptions } from './import-options.js';
import type { ImportTerms } from './import-terms.js';
import type { RateFault } from './rate-cells.js';

/** Rates of a file against each other and against their table, before one is imported (docs/rates.md#import). */

export interface FileRate extends ComparedFields {
  /** of its row */
  readonly position: number;
}

export interface PlannedRate {
  readonly position: number;
  /** as it is imported: later than in the file where the agreement asks for it */
  readonly effectiveFrom: Date;
  readonly endsAt: Date | null;
  /** how it will differ from the rate before it; null: it is not compared */
  readonly change: RateChange | null;
  /**
   * why it is not imported, by the options. superseded: by the date that the agreement allows, a later rate of the series is
   * effective, or the rate is over. null: it is imported, or has a fault
   */
  readonly skipped: 'duplicate' | 'unchanged' | 'superseded' | null;
  readonly early: EarlyRate | null;
  readonly fault: RateFault | null;
  /** clients were notified of the rate that it replaces, or of those before its date */
  readonly isNotified: boolean;
}

/** A rate that takes effect, or ends, sooner than the agreement allows. */
interface EarlyRate {
  readonly kind: NoticeKind;
  /** the date in the file */
  readonly given: Date;
  readonly allowed: Date;
}

type Rules = Pick<RateImportOptions, 'onDuplicate' | 'ifUnchanged' | 'ifEarly'>;

/**
 * Plans the rates of whole series, with the rates that the table has of them. A row of the file replaces the rate of the table
 * of the same series and date.
 */
export function planRates(
  file: readonly FileRate[],
  table: readonly ComparedFields[],
  { rules, terms }: { readonly rules: Rules; readonly terms: ImportTerms },
): PlannedRate[] {
  const kept = groupBy(table, seriesKey);
  return [...groupBy(file, seriesKey)].flatMap(([key, rows]) => planSeries(rows, kept.get(key) ?? [], rules, terms));
}

function planSeries(
  rows: readonly FileRate[],
  kept: readonly ComparedFields[],
  rules: Rules,
  terms: ImportTerms,
): PlannedRate[] {
  const planned: PlannedRate[] = [];
  const chosen = new Map<number, FileRate>();
  for (const row of [...rows].sort((one, other) => one.position - other.position)) {
    const at = row.effectiveFrom.getTime();
    const known = chosen.get(at);
    if (known === undefined) chosen.set(at, row);
    else if (rules.onDuplicate === 'last') {
      planned.push(leftOut(known, 'duplicate'));
      chosen.set(at, row);
    } else planned.push(rules.onDuplicate === 'first' ? leftOut(row, 'duplicate') : repeated(row));
  }
  const keptAt = new Map(kept.map((rate) => [rate.effectiveFrom.getTime(), rate]));
  const times = [...new Set([...chosen.keys(), ...keptAt.keys()])].sort((one, other) => one - other);
  const nextAfter = new Map<number, number>();
  let soonest = Infinity;
  for (const at of times.toReversed()) {
    nextAfter.set(at, soonest);
    if ((chosen.get(at) ?? keptAt.get(at))?.status === 'active') soonest = at;
  }
  let before: Pick<ComparedFields, 'rate' | 'endsAt'> | null = null;
  for (const at of times) {
    const row = chosen.get(at);
    const replaced = keptAt.get(at) ?? null;
    if (row === undefined) {
      if (replaced?.status === 'active') before = replaced;
      continue;
    }
    const next = nextAfter.get(at) ?? Infinity;
    const isTaken = (time: number): boolean => time !== at && chosen.has(time);
    const plan = planRow(row, { before, replaced, next, isTaken }, rules, terms);
    planned.push(plan);
    if (plan.fault === null && plan.skipped !== 'superseded' && row.status === 'active') {
      before = { rate: row.rate, endsAt: plan.endsAt };
    } else if ((plan.fault !== null || plan.skipped !== null) && replaced?.status === 'active') before = replaced;
  }
  return planned;
}

interface Neighbors {
  readonly before: Pick<ComparedFields, 'rate' | 'endsAt'> | null;
  /** the rate of the table with the same date */
  readonly replaced: ComparedFields | null;
  /** when the next rate of the series takes effect */
  readonly next: number;
  /** whether the file has a rate of another row from then */
  readonly isTaken: (at: number) => boolean;
}

function planRow(row: FileRate, neighbors: Neighbors, rules: Rules, terms: ImportTerms): PlannedRate {
  const { before, replaced, next } = neighbors;
  const change = changeFrom(row, before);
  const differs = replaced === null || !isSame(row, replaced);
  const notifiedAt = terms.lastNotifiedAt === null ? -Infinity : Date.parse(terms.lastNotifiedAt);
  const plan: PlannedRate = {
    ...planOf(row),
    change,
    skipped: rules.ifUnchanged === 'skip' && change === 'unchanged' && replaced === null ? 'unchanged' : null,
    isNotified: differs && row.effectiveFrom.getTime() <= notifiedAt,
  };
  const early = differs && plan.skipped === null ? earlyOf(row, change, replaced, terms) : null;
  if (early === null) return plan;
  if (rules.ifEarly === 'warn') return { ...plan, early };
  if (rules.ifEarly === 'reject') return { ...plan, early, fault: tooSoon(early, terms) };
  const from = early.kind === 'closed' ? row.effectiveFrom.getTime() : early.allowed.getTime();
  const endsAt = isNewEnd(row, replaced) ? laterOf(row.endsAt, terms.agreement?.earliest.closed) : row.endsAt;
  const isOver = from >= next || neighbors.isTaken(from) || (endsAt !== null && endsAt.getTime() <= from);
  if (isOver && early.kind !== 'closed') return { ...plan, early, skipped: 'superseded' };
  return { ...plan, early, effectiveFrom: new Date(from), endsAt };
}

function earlyOf(
  row: FileRate,
  change: RateChange,
  replaced: ComparedFields | null,
  { agreement }: ImportTerms,
): EarlyRate | null {
  if (agreement === null || row.status !== 'active') return null;
  const isNewPrice = replaced === null || replaced.status !== 'active' || moneyOf(replaced.rate) !== moneyOf(row.rate);
  const allowed = new Date(agreement.earliest[change]);
  if (isNewPrice && row.effectiveFrom < allowed) return { kind: change, given: row.effectiveFrom, allowed };
  const closed = new Date(agreement.earliest.closed);
  return row.endsAt !== null && isNewEnd(row, replaced) && row.endsAt < closed
    ? { kind: 'closed', given: row.endsAt, allowed: closed }
    : null;
}

function isNewEnd({ endsAt }: FileRate, replaced: ComparedFields | null): boolean {
  return endsAt !== null && endsAt.getTime() !== replaced?.endsAt?.getTime();
}

function laterOf(at: Date | null, allowed: string | undefined): Date | null {
  return at === null || allowed === undefined ? at : new Date(Math.max(at.getTime(), Date.parse(allowed)));
}

function tooSoon({ kind, allowed }: EarlyRate, { agreement }: ImportTerms): RateFault {
  const at = allowed.toISOString().replace('.000Z', 'Z');
  return {
    ...{ column: null, field: kind === 'closed' ? 'endsAt' : 'effectiveFrom', code: 'too_early' },
    detail: `must be ${at} or later for a rate that is ${kind}, by the agreement "${agreement?.name ?? ''}"`,
  };
}

function planOf({ position, effectiveFrom, endsAt }: FileRate): PlannedRate {
  return {
    ...{ position, effectiveFrom, endsAt, change: null, skipped: null, early: null, fault: null, isNotified: false },
  };
}

function leftOut(row: FileRate, skipped: PlannedRate['skipped']): PlannedRate {
  return { ...planOf(row), skipped };
}

function repeated(row: FileRate): PlannedRate {
  const detail = 'an earlier row of the file has this code and date: remove one of them';
  return { ...planOf(row), fault: { column: null, field: 'effectiveFrom', code: 'already_exists', detail } };
}

function changeFrom(row: FileRate, before: Neighbors['before']): RateChange {
  if (row.status !== 'active' || before === null || before.endsAt !== null) return 'new';
  const diff = moneyOf(row.rate) - moneyOf(before.rate);
  if (diff === 0n) return 'unchanged';
  return diff > 0n ? 'increased' : 'decreased';
}

/** Whether clients see no difference. */
function isSame(one: ComparedFields, other: ComparedFields): boolean {
  return (
    one.status === other.status &&
    one.endsAt?.getTime() === other.endsAt?.getTime() &&
    moneyOf(one.rate) === moneyOf(other.rate)
  );
}

interface KeptRate extends ComparedFields {
  readonly id: string;
}

/**
 * The rates of series that a file lacks, in mode `replace`: the current one ends then, those that begin later are stashed.
 *
 * @param file the rows of the file with these codes, also those with faults
 */
export function missingRates(
  file: readonly Pick<ComparedFields, 'code' | 'timeProfile' | 'policy'>[],
  table: readonly KeptRate[],
  closesAt: number,
): { readonly closed: readonly string[]; readonly stashed: readonly string[] } {
  const known = new Set(file.map(seriesKey));
  const closed: string[] = [];
  const stashed: string[] = [];
  for (const [key, rates] of groupBy(table, seriesKey)) {
    if (known.has(key)) continue;
    const active = rates.filter(({ status }) => status === 'active');
    const [begun, later] = [
      active.filter(({ effectiveFrom }) => effectiveFrom.getTime() < closesAt),
      active.filter(({ effectiveFrom }) => effectiveFrom.getTime() >= closesAt),
    ];
    stashed.push(...later.map(({ id }) => id));
    const last = begun.reduce<KeptRate | null>(
      (found, one) => (found && found.effectiveFrom > one.effectiveFrom ? found : one),
      null,
    );
    if (last && (last.endsAt === null || last.endsAt.getTime() > closesAt)) closed.push(last.id);
  }
  return { closed, stashed };
}
