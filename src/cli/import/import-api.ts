import { CommandError, exitCodes, type ExitCode } from '../exit-codes.js';

interface Problem {
  readonly title?: string;
  readonly detail?: string;
  readonly errors?: readonly { readonly pointer?: string; readonly detail?: string }[];
}

interface Sent {
  readonly method?: 'GET' | 'POST';
  readonly json?: unknown;
  readonly file?: { readonly content: Uint8Array<ArrayBuffer>; readonly type: string };
}

const timeoutMs = 120_000;

/** The HTTP API, as any program of the operator calls it. */
export class ImportApi {
  constructor(
    private readonly base: string,
    private readonly key: string,
  ) {}

  /** @throws CommandError with the exit code that fits the answer */
  async call<T>(path: string, sent: Sent = {}): Promise<T> {
    return (await (await this.send(path, sent)).json()) as T;
  }

  /** @throws CommandError */
  async text(path: string): Promise<string> {
    return (await this.send(path, {})).text();
  }

  private async send(path: string, { method = 'GET', json, file }: Sent): Promise<Response> {
    const type = file?.type ?? (json === undefined ? null : 'application/json');
    const body = file?.content ?? (json === undefined ? null : JSON.stringify(json));
    const headers = { authorization: `Bearer ${this.key}`, ...(type !== null && { 'content-type': type }) };
    let response: Response;
    try {
      response = await fetch(`${this.base}${path}`, { method, headers, body, signal: AbortSignal.timeout(timeoutMs) });
    } catch (cause) {
      throw new CommandError(exitCodes.failure, `The API at ${this.base} does not answer. Is it running?`, { cause });
    }
    if (response.ok) return response;
    const { title, detail, errors = [] } = (await response.json().catch(() => ({}))) as Problem;
    const faults = errors.map((fault) => `\n  ${fault.pointer ?? ''} ${fault.detail ?? ''}`);
    const said = detail ?? title ?? response.statusText;
    throw new CommandError(codeOf(response.status), `The API refused (${response.status}): ${said}${faults.join('')}`);
  }
}

function codeOf(status: number): ExitCode {
  if (status === 401 || status === 403) return exitCodes.auth;
  if (status === 404) return exitCodes.notFound;
  if (status === 409) return exitCodes.conflict;
  return status === 400 || status === 413 ? exitCodes.usage : exitCodes.failure;
}
