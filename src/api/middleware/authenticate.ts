import type { Request, RequestHandler } from 'express';
import { authenticateKey, type ApiKeyRow, type KeyFault } from '../../storage/api-keys.js';
import type { ApiContext, Caller } from '../context.js';
import type { Operation } from '../operation.js';
import { problemAt, type ApiProblem, type ProblemCode } from '../problem.js';
import { stateOf } from '../request-state.js';
import { allows, isScope } from '../scopes.js';

const authorization = '#/headers/authorization';
const challenge = { 'WWW-Authenticate': 'Bearer realm="lowwater"' };

/** Finds out who calls. A fault is kept and raised by `authorize`, after the rate limit has been asked. */
export function identify(context: ApiContext): RequestHandler {
  return async (req, _res, next) => {
    const state = stateOf(req);
    const found = await callerOf(context, req, state.requestId);
    if ('fault' in found) state.keyFault = found.fault;
    else state.caller = found.caller;
    next();
  };
}

/** Refuses whoever has no key, or one without the operation's scope. */
export function authorize(operation: Operation): RequestHandler {
  return (req, _res, next) => {
    const { caller, keyFault } = stateOf(req);
    if (!caller) throw keyFault ?? keyProblem('key_missing');
    if (operation.scope && !allows(caller.scopes, operation.scope)) {
      const detail = `this needs the scope ${operation.scope}, which the key does not have`;
      throw problemAt('scope_missing', authorization, detail);
    }
    if (operation.operatorOnly && !caller.isOperator) {
      throw problemAt(
        'operator_only',
        authorization,
        'this concerns all resellers: only a key of the operator may do it',
      );
    }
    next();
  };
}

async function callerOf(
  context: ApiContext,
  req: Request,
  requestId: string,
): Promise<{ readonly caller: Caller } | { readonly fault: ApiProblem }> {
  const header = req.get('authorization');
  if (header === undefined || header.trim() === '') return { fault: keyProblem('key_missing') };
  const [, key] = /^Bearer +(\S+) *$/i.exec(header) ?? [];
  const found = key === undefined ? malformed : await authenticateKey(context.sql, key, context.clock());
  return 'fault' in found ? { fault: keyProblem(codeOf(found.fault)) } : { caller: asCaller(found.row, requestId) };
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
  }
}

/** One text for all: only the code tells more, and only to whoever knows the secret. */
function keyProblem(code: ProblemCode): ApiProblem {
  return problemAt(code, authorization, 'send a valid API key: Authorization: Bearer lw_…', { headers: challenge });
}

function asCaller(row: ApiKeyRow, requestId: string): Caller {
  return {
    keyId: row.id,
    keyName: row.name,
    resellerId: row.resellerId,
    isOperator: row.isOperator,
    scopes: new Set(row.scopes.filter(isScope)),
    actor: { id: `key:${row.id}`, source: 'api', requestId },
    cap: { maxAmount: row.maxAmount, currency: row.currency, maxPercent: row.maxPercent, maxDays: row.maxDays },
  };
}
