import type { Request } from 'express';
import type { Caller, PanelCaller } from '../context.js';
import type { Operation } from '../contract/operation.js';
import type { AnswerBound } from './answer-bound.js';
import type { ApiProblem } from './problem.js';

/** What the middleware finds out about a request, one after the other. */
interface RequestState {
  readonly requestId: string;
  operation: Operation | null;
  /** the time in which the operation must be answered; null before its route is found */
  bound: AnswerBound | null;
  caller: Caller | null;
  /** of an operation of the client panel, which has no other caller */
  panelCaller: PanelCaller | null;
  /** why there is no caller; raised only after the rate limit has been asked */
  callerError: ApiProblem | null;
  rawBody: Buffer;
  /** what was answered as JSON */
  sentBody: string | null;
}

const states = new WeakMap<object, RequestState>();

export function beginRequest(req: object, requestId: string): void {
  states.set(req, {
    requestId,
    operation: null,
    bound: null,
    caller: null,
    panelCaller: null,
    callerError: null,
    rawBody: Buffer.alloc(0),
    sentBody: null,
  });
}

export function boundOf(req: Request): AnswerBound {
  const { bound } = stateOf(req);
  if (!bound) throw new Error('the request has no operation');
  return bound;
}

/** Who sent a request, as logs, limits, and records of repeats name it; null: not known. */
export function senderIn(req: Request): Caller | PanelCaller | null {
  const { caller, panelCaller } = stateOf(req);
  return caller ?? panelCaller;
}

export function stateOf(req: Request): RequestState {
  const state = states.get(req);
  if (!state) throw new Error('the request passed by the middleware that begins it');
  return state;
}
