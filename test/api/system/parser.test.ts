import { connect } from 'node:net';
import { startTestApi, type TestApi } from '../../support/api/api.js';

/** What Node's parser refuses before the application sees it. */

let api: TestApi;

beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.stop());

interface Answer {
  readonly head: string;
  readonly body: Record<string, unknown>;
}

/** Sends bytes and reads until the server closes. */
function send(text: string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const socket = connect(Number(new URL(api.url).port), '127.0.0.1', () => socket.write(text));
    let answer = '';
    socket.on('data', (bytes: Buffer) => (answer += bytes.toString('utf8')));
    socket.on('error', reject);
    socket.on('close', () => {
      const [head = '', body = ''] = answer.split('\r\n\r\n');
      resolve({ head, body: JSON.parse(body) as Record<string, unknown> });
    });
  });
}

test.each([
  [
    'headers of more than 16 KiB',
    `GET /livez HTTP/1.1\r\nHost: a\r\nX-A: ${'a'.repeat(17_000)}\r\n\r\n`,
    431,
    'headers_too_large',
  ],
  ['no HTTP', 'hello\r\n\r\n', 400, 'malformed_request'],
  ['a header that is none', 'GET /livez HTTP/1.1\r\nHost: a\r\nno header\r\n\r\n', 400, 'malformed_request'],
  [
    'two lengths',
    'POST /v1/profiles HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n',
    400,
    'malformed_request',
  ],
  ['no host', 'GET /livez HTTP/1.1\r\n\r\n', 400, 'malformed_request'],
])('%s', async (_name, text, status, code) => {
  const { head, body } = await send(text);
  expect(head).toMatch(new RegExp(`^HTTP/1.1 ${status} [A-Z]`));
  expect(head).toContain('Content-Type: application/problem+json; charset=utf-8');
  expect(head).toContain(`X-Request-Id: ${String(body['requestId'])}`);
  expect(body).toMatchObject({ status, code, type: `/docs/errors#${code}`, errors: [] });
  expect(body['detail']).toEqual(expect.any(String));
});

test('an expectation that is not known is passed over', async () => {
  const { head } = await send('GET /v1/profiles HTTP/1.1\r\nHost: a\r\nExpect: tea\r\nConnection: close\r\n\r\n');
  expect(head).toMatch(/^HTTP\/1.1 401 /);
});
