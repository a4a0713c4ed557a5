import { isUtf8 } from 'node:buffer';
import express, { type Request, type RequestHandler } from 'express';
import type { Operation } from '../contract/operation.js';
import { ApiProblem, problemAt } from '../http/problem.js';
import { stateOf } from '../http/request-state.js';

/** 1 MiB. */
const limit = 1_048_576;

/** Reads the body of an operation: JSON, or byte by byte where the operation checks a signature over it. */
export function readBody(operation: Operation): RequestHandler[] {
  const keep = (req: Request, bytes: Buffer): void => {
    stateOf(req).rawBody = bytes;
  };
  if (operation.raw) {
    return [
      leaveAbandoned,
      express.raw({ type: () => true, limit }),
      (req, _res, next) => {
        if (Buffer.isBuffer(req.body)) keep(req, req.body);
        next();
      },
    ];
  }
  const isJson = ['application/json', 'application/*+json'];
  return [
    leaveAbandoned,
    (req, _res, next) => {
      if (hasBody(req) && !req.is(isJson)) {
        throw new ApiProblem('unsupported_media_type', 'send the body as JSON, with Content-Type: application/json', {
          errors: [
            { pointer: '#/headers/content-type', code: 'unsupported_media_type', detail: 'must be application/json' },
          ],
        });
      }
      next();
    },
    express.json({
      type: isJson,
      limit,
      strict: false,
      verify: (req, _res, bytes) => {
        keep(req as Request, bytes);
        // The parser would put U+FFFD in place of what it cannot read, and so change what was sent.
        if (!isUtf8(bytes)) throw problemAt('malformed_json', '#', 'the body is not UTF-8');
      },
    }),
  ];
}

/**
 * Ends a request whose caller has left while it was identified. Its body is gone: express would take it for a request
 * without one, and carry out something else than was asked.
 */
const leaveAbandoned: RequestHandler = (req, _res, next) => {
  if (!(req.destroyed && hasBody(req))) next();
};

function hasBody(req: Request): boolean {
  return req.headers['transfer-encoding'] !== undefined || Number(req.headers['content-length'] ?? 0) > 0;
}
