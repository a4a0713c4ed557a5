import { randomUUID } from 'node:crypto';
import { createServer, STATUS_CODES, type RequestListener, type Server } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Config } from '../config.js';
import { ApiProblem } from './http/problem.js';
import { problemSpecs } from './http/problem-codes.js';
import { problemDocument } from './http/problem-document.js';

/**
 * Longer than reverse proxies keep idle connections (60 s): else one of them sends a request while it is being closed, and
 * gets no answer.
 */
const keepAliveMs = 65_000;

/**
 * The server of the API, in front of the application: what Node's own parser refuses is answered as a problem document
 * too. Node would answer without a body.
 */
export function createHttpServer(config: Pick<Config, 'PUBLIC_URL'>, app: RequestListener): Server {
  const answering = new WeakSet<Duplex>();
  const server = createServer({ requireHostHeader: false }, (req, res) => {
    if (req.httpVersion === '1.1' && req.headers.host === undefined) {
      return refuse(config, req.socket, new ApiProblem('malformed_request', 'the Host header is missing'));
    }
    answering.add(req.socket);
    res.once('close', () => answering.delete(req.socket));
    app(req, res);
  });
  server.keepAliveTimeout = keepAliveMs;
  // An unknown expectation is not met, and nothing depends on it.
  server.on('checkExpectation', app);
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Duplex) => {
    // After the beginning of an answer nothing else can be said.
    if (!socket.writable || answering.has(socket)) socket.destroy();
    else refuse(config, socket, parserProblem(error.code));
  });
  return server;
}

function parserProblem(code: string | undefined): ApiProblem {
  switch (code) {
    case 'HPE_HEADER_OVERFLOW':
      return new ApiProblem('headers_too_large', 'the address and the headers may have up to 16 KiB together');
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return new ApiProblem('request_timeout', 'the request did not arrive in time');
    default:
      return new ApiProblem('malformed_request', 'what was sent is not an HTTP request');
  }
}

function refuse(config: Pick<Config, 'PUBLIC_URL'>, socket: Duplex, problem: ApiProblem): void {
  const requestId = randomUUID();
  const status = problemSpecs[problem.code].status;
  const body = problemDocument(config, problem, requestId);
  socket.end(
    [
      `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`,
      'Connection: close',
      'Cache-Control: no-store',
      'Content-Type: application/problem+json; charset=utf-8',
      `Content-Length: ${Buffer.byteLength(body)}`,
      `X-Request-Id: ${requestId}`,
      '',
      body,
    ].join('\r\n'),
  );
}
