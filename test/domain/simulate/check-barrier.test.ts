import http2 from 'node:http2';
import { CheckBarrier } from '../../../local-stack/src/simulate/check-barrier.js';

const poll = '/temporal.api.workflowservice.v1.WorkflowService/PollWorkflowTaskQueue';

/** A server that keeps polls until it has a task, and answers everything else at once. */
async function startServer() {
  const waiting = new Set<http2.ServerHttp2Stream>();
  let arrive: () => void = () => undefined;
  const sessions = new Set<http2.ServerHttp2Session>();
  const server = http2.createServer();
  server.on('session', (session) => sessions.add(session.on('close', () => sessions.delete(session))));
  server.on('stream', (stream, headers) => {
    stream.on('error', () => undefined).on('close', () => waiting.delete(stream));
    stream.resume();
    if (headers[':path'] !== poll) return reply(stream, 'other');
    waiting.add(stream);
    arrive();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  return {
    address: `127.0.0.1:${port}`,
    waiting,
    nextPoll: () => new Promise<void>((resolve) => (arrive = resolve)),
    handOut: () => waiting.forEach((stream) => reply(stream, 'task')),
    /** closes the connections that are open; new ones are taken */
    disconnect: () => sessions.forEach((session) => session.close()),
    stop: () => new Promise((resolve) => server.close(resolve)),
  };
}

function reply(stream: http2.ServerHttp2Stream, body: string): void {
  stream.on('wantTrailers', () => stream.sendTrailers({ 'grpc-status': '0' }));
  stream.respond({ ':status': 200 }, { waitForTrailers: true });
  stream.end(body);
}

function call(worker: http2.ClientHttp2Session, path: string): Promise<string> {
  const stream = worker.request({ ':method': 'POST', ':path': path });
  let body = '';
  let status: unknown;
  stream.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
  stream.on('trailers', (trailers) => (status = trailers['grpc-status']));
  stream.end('request');
  return new Promise((resolve, reject) => {
    stream.on('error', reject).on('end', () => resolve(`${body}, status ${String(status)}`));
  });
}

let server: Awaited<ReturnType<typeof startServer>>;
let barrier: CheckBarrier;
let worker: http2.ClientHttp2Session;

beforeEach(async () => {
  server = await startServer();
  barrier = await CheckBarrier.start(server.address);
  worker = http2.connect(`http://${barrier.address}`).on('error', () => undefined);
});

afterEach(async () => {
  worker.destroy();
  await barrier.stop();
  await server.stop();
});

test('calls and polls pass, with their bodies and trailers', async () => {
  expect(await call(worker, '/other')).toBe('other, status 0');
  const polled = server.nextPoll();
  const task = call(worker, poll);
  await polled;
  server.handOut();
  expect(await task).toBe('task, status 0');
});

test('a poll that waits is withdrawn from the server, and made again after the release', async () => {
  const polled = server.nextPoll();
  const task = call(worker, poll);
  await polled;
  await barrier.hold();
  expect(server.waiting.size).toBe(0);
  expect(await call(worker, '/other')).toBe('other, status 0');
  const again = server.nextPoll();
  barrier.release();
  await again;
  server.handOut();
  expect(await task).toBe('task, status 0');
});

test('a poll that comes while the barrier holds reaches the server after the release', async () => {
  await barrier.hold();
  const task = call(worker, poll);
  expect(await call(worker, '/other')).toBe('other, status 0');
  expect(server.waiting.size).toBe(0);
  const polled = server.nextPoll();
  barrier.release();
  await polled;
  server.handOut();
  expect(await task).toBe('task, status 0');
});

test('a connection that the server closes is replaced', async () => {
  expect(await call(worker, '/other')).toBe('other, status 0');
  server.disconnect();
  await barrier.hold();
  expect(await call(worker, '/other')).toBe('other, status 0');
});
