import { ActivityFailure, ApplicationFailure } from '@temporalio/workflow';

export {
  clientDeleted,
  invalid,
  monitorUnavailable,
  refusalFailure,
  refusalOf,
} from '../../../src/workflows/failures.js?original';

/** Takes only the classes in which a failed local activity arrives when it happens; a replay brings others. */
export function requireActivityFailure(error: unknown): void {
  if (!(error instanceof ActivityFailure || error instanceof ApplicationFailure)) throw error;
}
