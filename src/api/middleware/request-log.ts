import { randomUUID } from 'node:crypto';
import type { Request, RequestHandler, Response } from 'express';
import type { ApiContext } from '../context.js';
import { loggedRequest } from '../request-log/entry.js';
import { beginRequest, senderIn, stateOf } from '../http/request-state.js';

/** An id that a caller may choose itself: what no log and no header can be broken with. */
const saneId = /^[A-Za-z0-9._:-]{1,128}$/;

/**
 * Gives each request its id (the caller's `X-Request-Id` where it is sane), a logger that carries it, one line in the
 * log when it has ended, its row in the request log, and its place in the metrics. Neither addresses' queries nor headers nor bodies are logged.
 */
export function requestLog(context: ApiContext): RequestHandler {
  return (req, res, next) => {
    const given = req.get('x-request-id');
    const requestId = given !== undefined && saneId.test(given) ? given : randomUUID();
    beginRequest(req, requestId);
    res.setHeader('X-Request-Id', requestId);
    const startedAt = process.hrtime.bigint();
    res.once('close', () => finished(context, req, res, Number(process.hrtime.bigint() - startedAt) / 1e9));
    next();
  };
}

function finished(context: ApiContext, req: Request, res: Response, seconds: number): void {
  const { requestId, operation } = stateOf(req);
  const caller = senderIn(req);
  // A stream of events ends when its reader goes: that is no fault, and its length no duration.
  if (operation?.responses[200]?.contentType === 'text/event-stream' && res.statusCode === 200) return;
  const status = res.writableFinished ? res.statusCode : 499;
  context.metrics.httpRequestDuration.observe(
    { operation: operation?.path ?? 'unknown', method: req.method, status: String(status) },
    seconds,
  );
  // Health, and the files of pages.
  if ((!operation || operation.area === 'system') && status < 400) return;
  if (operation || status >= 400) {
    const at = new Date(context.clock() - seconds * 1000);
    context.requestLog.add(status, req.method === 'GET', loggedRequest(req, status, seconds, at));
  }
  const clientId = operation?.path.startsWith('/v1/clients/{id}') ? req.params['id'] : undefined;
  context.logger[status >= 500 ? 'error' : 'info'](
    {
      requestId,
      operation: operation?.id,
      method: req.method,
      path: req.path,
      status,
      durationMs: Math.round(seconds * 1000),
      actor: caller?.actor.id,
      clientId,
    },
    status === 499 ? 'request broken off' : 'request',
  );
}
