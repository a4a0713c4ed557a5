import http2 from 'node:http2';

const pollPath = '/temporal.api.workflowservice.v1.WorkflowService/PollWorkflowTaskQueue';
/** No service has it: the server refuses it at once. */
const unknownPath = '/lowwater.Barrier/Wait';

/** A worker that asks for a workflow task. */
interface Poll {
  readonly worker: http2.ServerHttp2Stream;
  readonly headers: http2.IncomingHttpHeaders;
  readonly body: Buffer;
  /** the call to the server; null: held back */
  call: http2.ClientHttp2Stream | null;
  /** the server answers: this task can no longer be held back */
  isAnswered: boolean;
}

/**
 * A relay between the monitor's worker and the Temporal server that can hold back workflow tasks. Whatever happens at
 * one instant then waits at the server until all of it has happened, and reaches the monitor in one task.
 */
export class CheckBarrier {
  private readonly polls = new Set<Poll>();
  private readonly sessions = new Set<http2.ServerHttp2Session>();
  private isHolding = false;
  private isStopped = false;
  private server: http2.ClientHttp2Session;

  private constructor(
    private readonly relay: http2.Http2Server,
    private readonly serverUrl: string,
  ) {
    this.server = connectTo(serverUrl);
    relay.on('session', (session) => {
      this.sessions.add(session);
      session.on('close', () => this.sessions.delete(session));
      session.on('error', () => undefined);
    });
    relay.on('stream', (worker, headers) => {
      worker.on('error', () => undefined);
      if (headers[':path'] === pollPath) this.takePoll(worker, headers);
      else if (!this.isStopped) this.forward(worker, headers, null);
    });
  }

  /** @param serverAddress `host:port` of the Temporal server, which takes connections without TLS */
  static async start(serverAddress: string): Promise<CheckBarrier> {
    const relay = http2.createServer();
    const barrier = new CheckBarrier(relay, `http://${serverAddress}`);
    await new Promise<void>((resolve, reject) => {
      relay.once('error', reject);
      relay.listen(0, '127.0.0.1', resolve);
    });
    return barrier;
  }

  /** Where the worker connects to: `host:port`. */
  get address(): string {
    const address = this.relay.address();
    if (typeof address !== 'object' || address === null) throw new Error('the relay has no port');
    return `127.0.0.1:${address.port}`;
  }

  /** Holds back workflow tasks that are not handed out yet. Call it while none is expected. */
  async hold(): Promise<void> {
    this.isHolding = true;
    for (const poll of this.polls) if (!poll.isAnswered) withdraw(poll);
    await this.waitForServer();
  }

  release(): void {
    this.isHolding = false;
    for (const poll of this.polls) if (!poll.call) this.send(poll);
  }

  async stop(): Promise<void> {
    this.isStopped = true;
    this.server.destroy();
    for (const session of this.sessions) session.destroy();
    await new Promise<void>((resolve) => this.relay.close(() => resolve()));
  }

  private takePoll(worker: http2.ServerHttp2Stream, headers: http2.IncomingHttpHeaders): void {
    const chunks: Buffer[] = [];
    worker.on('data', (chunk: Buffer) => chunks.push(chunk));
    worker.on('end', () => {
      if (this.isStopped) return;
      const poll: Poll = { worker, headers, body: Buffer.concat(chunks), call: null, isAnswered: false };
      this.polls.add(poll);
      worker.on('close', () => {
        this.polls.delete(poll);
        withdraw(poll);
      });
      if (!this.isHolding) this.send(poll);
    });
  }

  private send(poll: Poll): void {
    poll.call = this.forward(poll.worker, poll.headers, poll);
    poll.call.end(poll.body);
  }

  private forward(
    worker: http2.ServerHttp2Stream,
    headers: http2.IncomingHttpHeaders,
    poll: Poll | null,
  ): http2.ClientHttp2Stream {
    const call = this.call(headers);
    let trailers: http2.IncomingHttpHeaders = {};
    call.on('response', (answer, flags) => {
      if (poll) poll.isAnswered = true;
      if (worker.destroyed) return;
      // An answer without a body has its trailers among its headers.
      if ((flags & http2.constants.NGHTTP2_FLAG_END_STREAM) !== 0) {
        worker.respond(answer, { endStream: true });
        return;
      }
      worker.on('wantTrailers', () => worker.sendTrailers(trailers));
      worker.respond(answer, { waitForTrailers: true });
      call.pipe(worker);
    });
    call.on('trailers', (received) => {
      trailers = received;
    });
    call.on('error', () => worker.close(http2.constants.NGHTTP2_INTERNAL_ERROR));
    if (!poll) {
      worker.pipe(call);
      worker.on('close', () => call.close(http2.constants.NGHTTP2_CANCEL));
    }
    return call;
  }

  /** The server answers a call after it has taken in what came before on the same connection. */
  private async waitForServer(): Promise<void> {
    const call = this.call({
      ':method': 'POST',
      ':path': unknownPath,
      'content-type': 'application/grpc',
      te: 'trailers',
    });
    call.end();
    call.resume();
    await new Promise<void>((resolve) => call.on('error', () => undefined).on('close', resolve));
  }

  /** Replaces a connection that broke; the worker repeats the calls that it lost. */
  private call(headers: http2.OutgoingHttpHeaders): http2.ClientHttp2Stream {
    if (!this.isStopped && (this.server.closed || this.server.destroyed)) this.server = connectTo(this.serverUrl);
    return this.server.request(headers);
  }
}

function connectTo(url: string): http2.ClientHttp2Session {
  return http2.connect(url).on('error', () => undefined);
}

/** Cancels the call to the server; the worker keeps waiting. */
function withdraw(poll: Poll): void {
  const { call } = poll;
  poll.call = null;
  if (!call) return;
  call
    .removeAllListeners('response')
    .removeAllListeners('error')
    .on('error', () => undefined);
  call.close(http2.constants.NGHTTP2_CANCEL);
}
