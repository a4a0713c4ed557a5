import type { Request, RequestHandler } from 'express';
import { authenticateKey, type KeyFault } from '../../storage/access/api-keys.js';
import { findSession } from '../../storage/access/sessions.js';
import { keyCaller, userCaller } from '../access/callers.js';
import type { ApiContext, Caller } from '../context.js';
import { csrfFault } from '../access/csrf.js';
import type { Operation } from '../contract/operation.js';
import { problemAt, type ApiProblem, type ProblemCode } from '../http/problem.js';
import { stateOf } from '../http/request-state.js';
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
    const found = await callerOf(context, req, state.requestId);
    if ('fault' in found) state.callerFault = found.fault;
    else state.caller = found.caller;
    next();
  };
}

/** Refuses whoever is nobody, or may not do this. */
export function authorize(operation: Operation): RequestHandler {
  return (req, _res, next) => {
    const { caller, callerFault } = stateOf(req);
    if (!caller) throw whoAreYou(operation, callerFault);
    switch (refusalOf(operation, caller)) {
      case 'session_missing':
        throw sessionProblem();
      case 'scope_missing':
        throw problemAt(
          'scope_missing',
          authorization,
          `this needs the scope ${operation.scope}, which ${caller.kind === 'key' ? 'the key' : 'your role'} does not have`,
        );
      case 'operator_only':
        throw problemAt(
          'operator_only',
          authorization,
          'this concerns all resellers: only a key or a user of the operator may do it',
        );
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
  const fault = csrfFault(context.config, req, token);
  return fault ? { fault } : { caller: userCaller(row, token, limits, requestId) };
}

const malformed = { fault: 'malformed' } as const;

function codeOf(fault: KeyFault): ProblemCode {
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

function whoAreYou(operation: Operation, fault: ApiProblem | null): ApiProblem {
  if (fault && !(operation.sessionOnly && fault.code === 'key_missing')) return fault;
  return operation.sessionOnly ? sessionProblem() : keyProblem('key_missing');
}

/** One text for all: only the code tells more, and only to whoever knows the secret. */
function keyProblem(code: ProblemCode): ApiProblem {
  return problemAt(code, authorization, 'send a valid API key: Authorization: Bearer lw_…', { headers: challenge });
}

function sessionProblem(): ApiProblem {
  return problemAt('session_missing', '#/headers/cookie', 'log in: nobody is, or the session has ended');
}
