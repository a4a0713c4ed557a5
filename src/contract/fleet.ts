/** What a run of the reconcile Schedule found to do. */
export interface ReconcileReport {
  /** unhealthy monitors that got a signal, which starts those that are missing */
  readonly signaled: number;
  /** monitors of deleted clients, signaled to end */
  readonly ended: number;
  /** monitors that were unhealthy in an earlier run already */
  readonly stuck: number;
  /** runs that were replaced because their workflow tasks kept failing */
  readonly replaced: number;
}

/** What a run of the invoicing Schedule started. */
export interface InvoicingReport {
  /** null: no client was due */
  readonly jobId: string | null;
}

/** What a run of the Schedule of daily digests did. */
export interface DigestsReport {
  /** digests that it enqueued */
  readonly digests: number;
}

/** What a run of the Schedule that reads the mailbox for bounces found. */
export interface BouncesReport {
  /** emails that it read */
  readonly messages: number;
  /** deliveries that came back */
  readonly bounces: number;
  /** emails that a person has to read */
  readonly flagged: number;
  /** emails that the next run reads */
  readonly left: number;
}

/** What a run of the Schedule of due invoices did. */
export interface DueInvoicesReport {
  /** emails that it wrote */
  readonly reminders: number;
  /** invoices that became overdue */
  readonly overdue: number;
}
