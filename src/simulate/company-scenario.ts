import type { CompanySide, CompanySource, LedgerSide } from '../domain/companies/company-balances.js';
import type { SideFields } from '../domain/companies/company.js';
import type { Micros } from '../domain/money.js';
import type { ScenarioNotification, ScenarioRate } from './scenario.js';

/** The story of one company, and what the runs of the balance threshold controller must make of it (docs/scenarios.md). */
export interface CompanyScenario {
  readonly name: string;
  /** the first run */
  readonly startMs: number;
  readonly untilMs: number;
  readonly rates: readonly ScenarioRate[];
  readonly company: ScenarioCompany;
  /** between two runs */
  readonly runEveryMs: number;
  readonly events: readonly CompanyEvent[];
  readonly expected: readonly CompanyResult[];
}

export type ScenarioSide = Omit<SideFields, 'templateId' | 'alarmChannels'>;
export type ScenarioSides = Readonly<Record<CompanySide, ScenarioSide>>;

interface ScenarioCompany {
  readonly name: string;
  readonly currency: string;
  readonly theirCurrency: string;
  readonly ourCurrency: string;
  readonly source: CompanySource;
  /** null: reported balances hold until the next ones */
  readonly maxAgeMinutes: number | null;
  /** of a ledger */
  readonly openingBalances: Readonly<Record<LedgerSide, Micros>>;
  readonly sides: ScenarioSides;
}

export type CompanyEvent = { readonly atMs: number } & CompanyHappening;

export type CompanyHappening =
  | { readonly kind: 'charge'; readonly side: LedgerSide; readonly amount: Micros }
  | { readonly kind: 'payment'; readonly side: LedgerSide; readonly id: string; readonly amount: Micros }
  | { readonly kind: 'adjustment'; readonly side: LedgerSide; readonly amount: Micros }
  /** moves both balances */
  | { readonly kind: 'netting'; readonly amount: Micros }
  /** what an external system reports; null: unknown */
  | { readonly kind: 'balances'; readonly their: Micros | null; readonly our: Micros | null }
  /** the side as it is after the edit */
  | { readonly kind: 'threshold'; readonly side: CompanySide; readonly fields: ScenarioSide }
  | { readonly kind: 'reset'; readonly side: CompanySide }
  | { readonly kind: 'mail'; readonly up: boolean };

/**
 * An email about a side that was accepted, or a balance mail time that was cleared: `at` the run that decided it, or the
 * event.
 */
export interface CompanyResult extends ScenarioNotification {
  /** the run that set it; null: it was cleared */
  readonly mailTime: string | null;
}

/** The instants of the runs, in order. */
export function runsOf({ startMs, untilMs, runEveryMs }: CompanyScenario): number[] {
  const count = Math.floor((untilMs - startMs) / runEveryMs) + 1;
  return Array.from({ length: count }, (_, index) => startMs + index * runEveryMs);
}

const sideOrder: readonly string[] = ['their', 'our', 'mutual'] satisfies CompanySide[];

/** In order of instants and sides; what was found first stays first. */
export function inOrder(results: readonly CompanyResult[]): CompanyResult[] {
  return [...results].sort((a, b) => a.at.localeCompare(b.at) || sideOrder.indexOf(a.rule) - sideOrder.indexOf(b.rule));
}
