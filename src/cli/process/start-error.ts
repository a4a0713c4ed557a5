/**
 * A part of Lowwater could not be started, for a reason that a person can put right. The message is complete: what is
 * wrong, and what to do.
 */
export class StartError extends Error {
  override readonly name = 'StartError';

  /**
   * @param problem what is wrong, one sentence
   * @param remedy what to do about it, one sentence or more
   */
  constructor(problem: string, remedy: string, options?: ErrorOptions) {
    super(`${problem}\n  What to do: ${remedy}`, options);
  }
}

/** The text of anything that was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
