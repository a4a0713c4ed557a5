import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import zlib from 'node:zlib';
import { createApp } from '../../../src/api/app.js';
import { startTestApi, type TestApi } from '../../support/api/api.js';

/** The admin page as the API serves it, with and without a build. */

const ownScript = "\n  document.title = 'Lowwater';\n";
const ownDocument = `<!doctype html><title>Lowwater</title><script>${ownScript}</script><script src="/a.js"></script>`;

let api: TestApi;
let server: Server;
let folder: string;
let url: string;

beforeAll(async () => {
  api = await startTestApi();
  folder = mkdtempSync(path.join(tmpdir(), 'lowwater-page-'));
  mkdirSync(path.join(folder, 'assets'));
  const script = 'console.log(1);'.repeat(200);
  writeFileSync(path.join(folder, 'index.html'), ownDocument);
  writeFileSync(path.join(folder, 'favicon.svg'), '<svg/>');
  writeFileSync(path.join(folder, 'assets/app-1a2b.js'), script);
  writeFileSync(path.join(folder, 'assets/app-1a2b.js.br'), zlib.brotliCompressSync(script));
  writeFileSync(path.join(folder, 'assets/app-1a2b.js.gz'), zlib.gzipSync(script));
  server = createServer(createApp(api.context, { webFolder: folder }));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise<void>((resolve) => server.close(() => resolve()));
  rmSync(folder, { recursive: true });
  await api.stop();
});

const raw = (address: string, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(url + address, { headers, redirect: 'manual' });

test.each(['/', '/clients/7?tab=credit', '/index.html', '/settings/health', '/v2'])(
  '%s is the page',
  async (address) => {
    const reply = await raw(address, { Accept: 'text/html' });
    expect([reply.status, await reply.text()]).toEqual([200, ownDocument]);
    expect(reply.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(reply.headers.get('cache-control')).toBe('no-store');
  },
);

test('scripts come from here only, and nobody may frame the page', async () => {
  const policy = (await raw('/')).headers.get('content-security-policy');
  const hash = createHash('sha256').update(ownScript).digest('base64');
  expect(policy).toContain(`default-src 'none';script-src 'self' 'sha256-${hash}';`);
  expect(policy).toContain("frame-ancestors 'none'");
  expect((await raw('/v1/meta')).headers.get('content-security-policy')).toBe(
    "default-src 'none';frame-ancestors 'none'",
  );
});

test.each([
  ['br', 'gzip, br', 'br'],
  ['gzip', 'gzip', 'gzip'],
  ['nothing', 'identity', null],
])('an asset never changes and comes compressed with %s', async (_name, accepts, encoding) => {
  const reply = await raw('/assets/app-1a2b.js', { 'Accept-Encoding': accepts });
  expect(await reply.text()).toHaveLength(3000);
  expect(reply.headers.get('content-encoding')).toBe(encoding);
  expect(reply.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
  expect(reply.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
  expect(reply.headers.get('vary')).toBe('Accept-Encoding');
});

test('a file beside it may change', async () => {
  const reply = await raw('/favicon.svg');
  expect([reply.headers.get('content-type'), reply.headers.get('cache-control')]).toEqual([
    'image/svg+xml',
    'no-store',
  ]);
});

test.each(['/assets/app-0000.js', '/assets/../../package.json', '/v1/nothing', '/v1', '/docs/nothing', '/metrics/x'])(
  '%s is nothing, and never the page',
  async (address) => {
    const reply = await raw(address.replace('/../..', '/%2e%2e%2f%2e%2e'), { Accept: 'text/html' });
    expect([reply.status, (await reply.json()) as object]).toEqual([
      404,
      expect.objectContaining({ code: 'not_found' }),
    ]);
  },
);

test('without a build, people are told how to make one and programs get a problem', async () => {
  const person = await api.get('/clients', { key: null, headers: { Accept: 'text/html' } });
  expect(person).toHaveStatus(404);
  expect(person.text).toContain('npm run build');
  const program = await api.get('/clients', { key: null, headers: { Accept: 'application/json' } });
  expect(program).toBeProblem(404, 'not_found');
  expect((await api.get('/', { key: null })).headers.get('location')).toBe('/docs');
});
