import { defineSignal } from '@temporalio/workflow';

export const creditRequestWorkflowType = 'creditRequest';

export interface CreditRequestInput {
  readonly creditRequestId: string;
}

/** The next step of a credit request, by the workflow's clock. */
export interface AdvanceCreditRequestInput extends CreditRequestInput {
  readonly at: number;
}

export interface AdvanceCreditRequestResult {
  /** how long to wait for a decision; null: it has ended */
  readonly waitMs: number | null;
}

/** The request was decided or withdrawn: starts the workflow, or lets it look once more. The row says what happened. */
export const creditRequestChanged = defineSignal('creditRequestChanged');

/** Starts and wakes the workflows of credit requests through Temporal. */
export interface CreditRequestControl {
  /** signal-with-start; resolves once Temporal has accepted it */
  wakeCreditRequest(creditRequestId: string): Promise<void>;
}
