import type { Request, RequestHandler } from 'express';
import { ipKeyGenerator, rateLimit } from 'express-rate-limit';
import type { ApiContext } from '../context.js';
import { ApiProblem } from '../http/problem.js';
import { senderIn } from '../http/request-state.js';

const windowMs = 60_000;

/**
 * At most RATE_LIMIT_PER_MINUTE requests a minute for each caller, and for each address without a caller; counted in
 * this process. 0 turns it off.
 */
export function limitRate(context: ApiContext): RequestHandler {
  const limit = context.config.RATE_LIMIT_PER_MINUTE;
  if (limit === 0) return (_req, _res, next) => next();
  return rateLimit({
    windowMs,
    limit,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    validate: false,
    keyGenerator: counted,
    handler: (_req, res) => {
      const seconds = Number(res.getHeader('Retry-After')) || windowMs / 1000;
      throw new ApiProblem('rate_limited', `up to ${limit} requests per minute are allowed: continue in ${seconds} s`, {
        retryAfterSeconds: seconds,
      });
    },
  });
}

function counted(req: Request): string {
  const caller = senderIn(req);
  return caller ? caller.id : `address:${ipKeyGenerator(req.ip ?? '')}`;
}
