import type { Reply } from './api.js';

/**
 * Matchers for replies of the API. A failure shows the request and the whole reply, so that tests need not carry
 * them along.
 */

declare global {
  // The name and the parameters are those of @types/jest, which this adds to.
  // eslint-disable-next-line @typescript-eslint/no-namespace
  namespace jest {
    interface Matchers<R, T> {
      /** The reply has this HTTP status. */
      toHaveStatus: T extends Reply ? (status: number) => R : never;
      /**
       * The reply is a whole problem document (RFC 9457) with this status and code.
       *
       * @param pointer one of the places that `errors` names; left out: any
       */
      toBeProblem: T extends Reply ? (status: number, code: string, pointer?: string) => R : never;
    }
  }
}

expect.extend({
  toHaveStatus(reply: Reply, status: number) {
    return outcome(reply.status === status, () => [
      this.utils.matcherHint('toHaveStatus', 'reply', String(status), { isNot: this.isNot ?? false }),
      shown(reply),
    ]);
  },

  toBeProblem(reply: Reply, status: number, code: string, pointer?: string) {
    const faults = errorsOf(reply, status, code, pointer);
    return outcome(faults.length === 0, () => [
      this.utils.matcherHint('toBeProblem', 'reply', [status, code, pointer ?? []].flat().join(', '), {
        isNot: this.isNot ?? false,
      }),
      faults.join('\n'),
      shown(reply),
    ]);
  },
});

function outcome(pass: boolean, lines: () => readonly string[]): jest.CustomMatcherResult {
  return {
    pass,
    message: () =>
      lines()
        .filter((line) => line !== '')
        .join('\n\n'),
  };
}

function errorsOf(reply: Reply, status: number, code: string, pointer: string | undefined): string[] {
  const { body, headers } = reply;
  const faults: string[] = [];
  const mustBe = (what: string, received: unknown, expected: unknown): void => {
    if (received !== expected)
      faults.push(`${what}: ${JSON.stringify(received)}, expected ${JSON.stringify(expected)}`);
  };
  mustBe('status', reply.status, status);
  mustBe('content type', headers.get('content-type'), 'application/problem+json; charset=utf-8');
  mustBe('code in the body', body?.code, code);
  mustBe('status in the body', body?.status, status);
  mustBe('requestId in the body', body?.requestId, headers.get('x-request-id'));
  for (const name of ['title', 'detail'])
    if (typeof body?.[name] !== 'string' || body[name] === '') faults.push(`${name} in the body: empty`);
  const errors: { pointer?: unknown; code?: unknown; detail?: unknown }[] = Array.isArray(body?.errors)
    ? body.errors
    : [];
  if (!Array.isArray(body?.errors)) faults.push('errors in the body: no list');
  for (const error of errors) {
    if (!/^#(\/|$)/.test(String(error.pointer)) || !error.code || !error.detail)
      faults.push(`not a pointer with a code and a detail: ${JSON.stringify(error)}`);
  }
  const pointers = errors.map((error) => error.pointer);
  if (pointer !== undefined && !pointers.includes(pointer))
    faults.push(`pointers in errors: ${JSON.stringify(pointers)}, expected ${JSON.stringify(pointer)} among them`);
  return faults;
}

function shown({ request, status, headers, body }: Reply): string {
  const type = headers.get('content-type') ?? 'no content type';
  const text = typeof body === 'string' ? body : JSON.stringify(body, null, 2);
  return `${request} was answered with ${status} (${type}):\n${text.slice(0, 4000)}`;
}
