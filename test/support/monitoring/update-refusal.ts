import { WorkflowUpdateFailedError } from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';

export interface Refusal {
  readonly type: string;
  readonly message: string;
  readonly pointer?: string;
}

/**
 * What the caller of a rejected update receives: the failure's type, its text, and the field at fault.
 *
 * @throws when the update did not fail, or failed with something else than a typed refusal
 */
export async function refusal(asked: Promise<unknown>): Promise<Refusal> {
  const error: unknown = await asked.then(
    () => 'it was not refused',
    (reason: unknown) => reason,
  );
  if (!(error instanceof WorkflowUpdateFailedError) || !(error.cause instanceof ApplicationFailure))
    throw new Error(`not a typed refusal: ${String(error)}`);
  const { type, message, details } = error.cause;
  const [detail] = (details ?? []) as { pointer?: string }[];
  return { type: type ?? '', message, ...detail };
}
