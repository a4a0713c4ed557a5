import type { Request, RequestHandler } from 'express';
import { findPanelSession } from '../../storage/panel/panel-sessions.js';
import { panelCaller } from '../access/callers.js';
import { csrfProblem } from '../access/csrf.js';
import { panelTokenOf } from '../access/session-cookie.js';
import type { ApiContext, PanelCaller } from '../context.js';
import { problemAt, type ApiProblem } from '../http/problem.js';
import { boundOf, stateOf } from '../http/request-state.js';
import { sessionLimits } from '../http/sender.js';

/**
 * Finds out which client calls. Only the panel's cookie counts: a key or a session of staff is nothing here. A fault is
 * kept and raised by `authorizePanel`, after the rate limit has been asked.
 */
export function identifyPanel(context: ApiContext): RequestHandler {
  return async (req, _res, next) => {
    const state = stateOf(req);
    const found = await boundOf(req).wait(() => callerOf(context, req, state.requestId));
    if ('fault' in found) state.callerError = found.fault;
    else state.panelCaller = found.caller;
    next();
  };
}

/** Refuses who has no session of the client panel. */
export const authorizePanel: RequestHandler = (req, _res, next) => {
  const { panelCaller: caller, callerError } = stateOf(req);
  if (!caller) throw callerError ?? sessionProblem();
  next();
};

async function callerOf(
  context: ApiContext,
  req: Request,
  requestId: string,
): Promise<{ readonly caller: PanelCaller } | { readonly fault: ApiProblem }> {
  const token = panelTokenOf(req.get('cookie'));
  if (token === null) return { fault: sessionProblem() };
  const limits = sessionLimits(context.config);
  const row = await findPanelSession(context.sql, token, limits, context.clock());
  if (!row) return { fault: sessionProblem() };
  const fault = csrfProblem(context.config, req, token, 'GET /v1/panel/session');
  return fault ? { fault } : { caller: panelCaller(row, token, limits, requestId) };
}

function sessionProblem(): ApiProblem {
  return problemAt(
    'session_missing',
    '#/headers/cookie',
    'log in to the client panel with POST /v1/panel/session: no session was sent, or it has ended',
  );
}
