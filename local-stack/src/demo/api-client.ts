/** The API answered with a problem, or not at all (`status` 0). */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem';

  constructor(
    readonly status: number,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

type Problem = { title?: string; detail?: string; errors?: { pointer?: string; detail?: string }[] };

/** The public HTTP API, as any program of the operator's would use it. */
export class ApiClient {
  /** @param base http://host:port */
  constructor(
    private readonly base: string,
    private readonly key: string,
  ) {}

  /** @throws ApiProblem */
  get<T>(path: string): Promise<T> {
    return this.call<T>('GET', path);
  }

  /** @throws ApiProblem */
  post<T>(path: string, body: unknown): Promise<T> {
    return this.call<T>('POST', path, body);
  }

  /**
   * @param version of what is changed, as it was read
   * @throws ApiProblem
   */
  patch<T>(path: string, body: unknown, version: number): Promise<T> {
    return this.call<T>('PATCH', path, body, { 'if-match': `"${version}"` });
  }

  private async call<T>(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<T> {
    let response: Response;
    try {
      response = await fetch(`${this.base}${path}`, {
        method,
        headers: { authorization: `Bearer ${this.key}`, 'content-type': 'application/json', ...headers },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        signal: AbortSignal.timeout(15_000),
      });
    } catch (cause) {
      throw new ApiProblem(0, `${method} ${path}: the API is not responding`, { cause });
    }
    if (response.ok) return (await response.json()) as T;
    const problem = (await response.json().catch(() => ({}))) as Problem;
    const faults = (problem.errors ?? []).map(({ pointer, detail }) => `${pointer ?? ''} ${detail ?? ''}`.trim());
    const said = [problem.detail ?? problem.title ?? response.statusText, ...faults].join('; ');
    throw new ApiProblem(response.status, `${method} ${path}: ${response.status} ${said}`);
  }
}
