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
  const { upload } = operation;
  if (upload) {
    return [
      leaveAbandoned,
      (req, _res, next) => {
        if (!req.is([...upload.types]))
          throw otherType(`send a file with Content-Type: ${upload.types.join(' or ')}`, upload.types.join(' or '));
        next();
      },
      express.raw({ type: () => true, limit: upload.maxBytes }),
      keepRaw(keep),
    ];
  }
  if (operation.raw) {
    return [leaveAbandoned, express.raw({ type: () => true, limit }), keepRaw(keep)];
  }
  const isJson = ['application/json', 'application/*+json'];
  return [
    leaveAbandoned,
    (req, _res, next) => {
      if (hasBody(req) && !req.is(isJson)) {
        throw otherType('send the body as JSON, with Content-Type: application/json', 'application/json');
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

function keepRaw(keep: (req: Request, bytes: Buffer) => void): RequestHandler {
  return (req, _res, next) => {
    if (Buffer.isBuffer(req.body)) keep(req, req.body);
    next();
  };
}

function otherType(detail: string, wanted: string): ApiProblem {
  return new ApiProblem('unsupported_media_type', detail, {
    errors: [{ pointer: '#/headers/content-type', code: 'unsupported_media_type', detail: `must be ${wanted}` }],
  });
}

/** Files are in memory while they are read: so many at a time. */
const maxUploads = 3;

/** Turns uploads away, before their bodies are read, while others are under way. */
export function limitUploads(): RequestHandler {
  let underWay = 0;
  return (_req, res, next) => {
    if (underWay >= maxUploads) {
      throw new ApiProblem('rate_limited', `up to ${maxUploads} files are read at the same time`, {
        retryAfterSeconds: 5,
      });
    }
    underWay++;
    res.once('close', () => underWay--);
    next();
  };
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
