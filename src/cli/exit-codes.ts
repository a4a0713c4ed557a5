/** What the exit code of `lowwater` says; documented in every `--help`. */
export const exitCodes = {
  ok: 0,
  failure: 1,
  usage: 2,
  notFound: 3,
  auth: 4,
  conflict: 5,
  findings: 6,
  interrupted: 130,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

export const exitCodeHelp = `
Exit codes: 0 ok · 1 failure · 2 usage or settings · 3 not found · 4 not allowed · 5 conflict (such as already running)
            6 findings (doctor, simulate, import) · 130 interrupted (Ctrl-C)`;

/** Ends a command with a message and its own exit code. */
export class CommandError extends Error {
  override readonly name = 'CommandError';

  constructor(
    readonly exitCode: ExitCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
