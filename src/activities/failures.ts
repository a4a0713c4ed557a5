import { ApplicationFailure, ApplicationFailureCategory, CancelledFailure } from '@temporalio/common';
import { DomainError } from '../domain/errors.js';

/**
 * The one place where errors become Temporal failures. A refusal is final and carries its code as the failure's type;
 * anything else is retried as its policy says, under a message without details: those go to the log, not to a history.
 */
export async function withFailures<T>(name: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof ApplicationFailure || error instanceof CancelledFailure) throw error;
    if (error instanceof DomainError) {
      throw ApplicationFailure.create({
        message: error.message,
        type: error.code,
        nonRetryable: true,
        // Part of the work: no reason for a warning in the log.
        category: ApplicationFailureCategory.BENIGN,
        details: [{ pointer: error.pointer }],
      });
    }
    throw ApplicationFailure.create({
      message: `${name} failed: ${nameOf(error)}`,
      type: 'unavailable',
    });
  }
}

/** The kind of an error without its text, which may hold data. */
function nameOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown error';
  const code = 'code' in error && typeof error.code === 'string' ? ` ${error.code}` : '';
  return `${error.name}${code}`;
}
