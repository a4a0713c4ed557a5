import type { Request, RequestHandler } from 'express';
import { authenticateKey, type KeyRejection } from '../../storage/access/api-keys.js';
import { findSession } from '../../storage/access/sessions.js';
import { keyCaller, userCaller } from '../access/callers.js';
import type { ApiContext, Caller } from '../context.js';
import { crossSiteProblem, csrfProblem, isCrossSite } from '../access/csrf.js';
import type { Operation } from '../contract/operation.js';
import { problemAt, type ApiProblem } from '../http/problem.js';
import type { ProblemCode } from '../http/problem-codes.js';
import { boundOf, stateOf } from '../http/request-state.js';
import { refusedOperation } from '../../domain/resellers/manager-limits.js';
import { refusalOf } from '../access/rights.js';
import { sessionLimits } from '../http/sender.js';
import { sessionTokenOf } from '../access/session-cookie.js';

const authorization = '#/headers/authorization';
const challenge = { 'WWW-Authenticate': 'Bearer realm="lowwater"' };

type Found = { readonly caller: Caller } | { readonly fault: ApiProblem };

/** Finds out who calls. A fault is kept and raised by `authorize`, after the rate limit has been asked. */
export function identify(context: ApiContext): RequestHandler {
  return async (req, _res, next) => {
    const state = stateOf(req);
    const found = await boundOf(req).wait(() => callerOf(context, req, state.requestId));
    if ('fault' in found) state.callerError = found.fault;
    else state.caller = found.caller;
    next();
  };
}

/** Refuses what a page of another site sends. Callers with a session are held to it by `identify`; this is for logging in. */
export function refuseOtherSites({ config }: ApiContext): RequestHandler {
  return (req, _res, next) => {
    if (isCrossSite(config, req)) throw crossSiteProblem();
    next();
  };
}

/** Refuses unknown callers, and callers without the right. */
export function authorize(operation: Operation): RequestHandler {
  return (req, _res, next) => {
    const { caller, callerError } = stateOf(req);
    if (!caller) throw missingCredentials(operation, callerError);
    switch (refusalOf(operation, caller)) {
      case 'session_missing':
        throw sessionProblem();
      case 'scope_missing':
        throw problemAt(
          'scope_missing',
          authorization,
          `this operation requires the scope ${operation.scope}, which ` +
            `${caller.kind === 'key' ? 'the key' : 'your role'} does not have`,
        );
      case 'operator_only':
        throw problemAt(
          'operator_only',
          authorization,
          'this operation affects all resellers: use a key or a user of the operator',
        );
      case 'manager_not_permitted':
        throw problemAt('manager_not_permitted', authorization, refusedOperation(operation) ?? '');
      case null:
        next();
    }
  };
}

/** A key goes before a cookie: a program that sends one means it, whatever its browser adds. */
async function callerOf(context: ApiContext, req: Request, requestId: string): Promise<Found> {
  const header = req.get('authorization');
  if (header !== undefined && header.trim() !== '') return byKey(context, header, requestId);
  const token = sessionTokenOf(req.get('cookie'));
  return token === null ? { fault: keyProblem('key_missing') } : bySession(context, req, token, requestId);
}

async function byKey(context: ApiContext, header: string, requestId: string): Promise<Found> {
  const [, key] = /^Bearer +(\S+) *$/i.exec(header) ?? [];
  const found = key === undefined ? malformed : await authenticateKey(context.sql, key, context.clock());
  if ('fault' in found) return { fault: keyProblem(codeOf(found.fault)) };
  return { caller: keyCaller(found.row, found.owner, requestId) };
}

async function bySession(context: ApiContext, req: Request, token: string, requestId: string): Promise<Found> {
  const limits = sessionLimits(context.config);
  const row = await findSession(context.sql, token, limits, context.clock());
  if (!row) return { fault: sessionProblem() };
  const fault = csrfProblem(context.config, req, token);
  return fault ? { fault } : { caller: userCaller(row, token, limits, requestId) };
}

const malformed = { fault: 'malformed' } as const;

function codeOf(fault: KeyRejection): ProblemCode {
  switch (fault) {
    case 'malformed':
    case 'unknown':
      return 'key_invalid';
    case 'revoked':
      return 'key_revoked';
    case 'expired':
      return 'key_expired';
    case 'suspended':
      return 'key_suspended';
  }
}

function missingCredentials(operation: Operation, fault: ApiProblem | null): ApiProblem {
  if (fault && !(operation.sessionOnly && fault.code === 'key_missing')) return fault;
  return operation.sessionOnly ? sessionProblem() : keyProblem('key_missing');
}

/** One text for all: only the code says more, and only to a caller that knows the secret. */
function keyProblem(code: ProblemCode): ApiProblem {
  return problemAt(code, authorization, 'send a valid API key: Authorization: Bearer lw_…', { headers: challenge });
}

function sessionProblem(): ApiProblem {
  return problemAt('session_missing', '#/headers/cookie', 'log in: no session was sent, or it has ended');
}
