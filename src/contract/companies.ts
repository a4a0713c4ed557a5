/** What the balance threshold controller asks of its activities. Instants are ms since 1970, UTC, whole seconds. */

export interface EvaluateCompaniesInput {
  /** of the run: all companies are judged by what holds then */
  readonly at: number;
  /** the last company of the batch before; null: begin */
  readonly after: string | null;
}

/** Sides of companies, by what the run found. */
export interface CompanyCounts {
  readonly checked: number;
  readonly low: number;
  /** a notification was decided */
  readonly decided: number;
  /** low, and notified before in this episode */
  readonly latched: number;
  /** the balance mail time was cleared, because the balance is fine */
  readonly cleared: number;
  readonly unknown: number;
  readonly noRate: number;
  /** companies that could not be decided; the next run tries again */
  readonly failed: number;
}

export interface EvaluateCompaniesResult extends CompanyCounts {
  /** null: this was the last batch */
  readonly next: string | null;
}

/** One round over the notifications that wait to be sent. */
export interface CompanyMailRound {
  /** notifications accepted by one server at least, or uncertain */
  readonly emailed: number;
  readonly notSent: number;
  /** still to be sent: the server refused them for now */
  readonly waiting: number;
}

/** What a run found and did. */
export type CompanyRunReport = CompanyCounts & CompanyMailRound;
