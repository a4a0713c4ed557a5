import { WorkflowUpdateFailedError } from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import { DomainError } from '../domain/errors.js';

/** Refusals that a story may provoke, and that leave everything as it was. */
const expectedCodes: ReadonlySet<string> = new Set([
  'credit_exists',
  'client_unlimited',
  'credit_not_open',
  'conflict',
  'unknown_rule',
]);

/** Waits for what storage or the monitor does; a refusal that a story may provoke has no effect. */
export async function ignoreExpectedRefusal(work: Promise<unknown>): Promise<void> {
  try {
    await work;
  } catch (error) {
    const refusal = refusalOf(error);
    if (!refusal || !isExpected(refusal)) throw error;
  }
}

interface Refusal {
  readonly code: string;
  /** the field that was refused */
  readonly pointer: unknown;
}

function refusalOf(error: unknown): Refusal | null {
  if (error instanceof DomainError) return error;
  const cause = error instanceof WorkflowUpdateFailedError ? error.cause : null;
  if (!(cause instanceof ApplicationFailure) || typeof cause.type !== 'string') return null;
  const detail: unknown = cause.details?.[0];
  const pointer = typeof detail === 'object' && detail !== null && 'pointer' in detail ? detail.pointer : null;
  return { code: cause.type, pointer };
}

/** A credit that ends before it starts is refused as well. */
function isExpected({ code, pointer }: Refusal): boolean {
  return expectedCodes.has(code) || (code === 'invalid' && pointer === '/validUntil');
}
