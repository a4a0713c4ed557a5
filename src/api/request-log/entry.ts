import type { Request } from 'express';
import type { LoggedRequest } from '../../storage/system/requests/request-log.js';
import { senderIn, stateOf } from '../http/request-state.js';
import { loggedResponse, loggedBody } from './bodies.js';

const keyPrefix = /^Bearer +(lw_[a-z]+_[0-9a-f]{12})_/i;

/** What is kept of a request. Its bodies are put into their form only when they are written. */
export function loggedRequest(req: Request, status: number, seconds: number, at: Date): () => LoggedRequest {
  const { requestId, operation, rawBody, sentBody } = stateOf(req);
  const caller = senderIn(req);
  // Bodies with passwords, codes, and tokens are never logged.
  const bodies = req.method !== 'GET' && req.method !== 'HEAD' && !(operation?.secretBody ?? false);
  const isSecret = operation?.secretAnswer ?? false;
  // A file is no part of a log.
  const body: unknown = operation?.upload ? undefined : Buffer.isBuffer(req.body) ? parsed(req.body) : req.body;
  const fields = {
    requestId,
    at,
    method: req.method,
    path: req.path.slice(0, 500),
    operation: operation?.id ?? null,
    status,
    durationMs: Math.round(seconds * 1e5) / 100,
    caller: caller?.actor.id ?? null,
    resellerId: caller?.resellerId ?? null,
    keyPrefix: keyPrefix.exec(req.get('authorization') ?? '')?.[1] ?? null,
    idempotencyKey: req.get('idempotency-key')?.slice(0, 200) ?? null,
    address: req.ip ?? null,
  };
  return () => ({
    ...fields,
    requestBody: bodies ? loggedBody(body, rawBody.length) : null,
    answerBody: bodies && !isSecret ? loggedResponse(sentBody) : null,
  });
}

/** Of an operation that takes its body as bytes, to check a signature over it. */
function parsed(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    return undefined;
  }
}
