import { randomUUID } from 'node:crypto';
import type { Express, Request, RequestHandler, Response } from 'express';
import type { Answer } from './contract/answers.js';
import type { ApiContext } from './context.js';
import { AnswerBound, watchAbandoned, type AbandonedRequests, type StartTimer } from './http/answer-bound.js';
import { lateProblem } from './http/late-problem.js';
import { dedupeIdOf, idempotencyKeyOf, once } from './http/idempotency.js';
import { parseIfMatch, requireIfMatch } from './http/if-match.js';
import { authorize, identify, refuseOtherSites } from './middleware/authenticate.js';
import { authorizePanel, identifyPanel } from './middleware/authenticate-panel.js';
import { limitUploads, readBody } from './middleware/body.js';
import { limitRate } from './middleware/rate-limit.js';
import type { Operation } from './contract/operation.js';
import type { RawInput } from './contract/operation-spec.js';
import { ApiProblem } from './http/problem.js';
import { boundOf, stateOf } from './http/request-state.js';
import { senderOf } from './http/sender.js';
import { jsonAnswer, sendJson, sendRaw, type SentAnswer } from './http/send.js';

export interface MountOptions {
  /** hold each answer against the schema that the document promises; for tests */
  readonly checkAnswers?: boolean;
  /** starts the timer of a request; for tests */
  readonly startTimer?: StartTimer;
}

/** Gives every operation its route, and each known address its 405 for other methods. */
export function mountOperations(
  app: Express,
  context: ApiContext,
  operations: readonly Operation[],
  options: MountOptions = {},
): void {
  const identified = identify(context);
  const limited = limitRate(context);
  const fromOwnSite = refuseOtherSites(context);
  const abandoned = watchAbandoned(context.logger);
  const panelIdentified = identifyPanel(context);
  const guardsOf = (operation: Operation): RequestHandler[] => {
    if (operation.isPanel) return [panelIdentified, limited, authorizePanel];
    if (operation.scope) return [identified, limited, authorize(operation)];
    return unguarded(operation, limited, fromOwnSite);
  };
  const uploads = limitUploads();
  for (const operation of operations) {
    const guards = guardsOf(operation);
    app[operation.method](
      routeOf(operation.path),
      begin(operation, abandoned, options.startTimer),
      ...guards,
      ...(operation.upload ? [uploads] : []),
      ...readBody(operation),
      serve(operation, context, options),
    );
  }
  for (const path of new Set(operations.map((operation) => operation.path))) {
    app.all(routeOf(path), otherMethods(operations.filter((operation) => operation.path === path)));
  }
}

/** Health and documents are never limited: a load balancer must not be turned away. */
function unguarded(operation: Operation, limited: RequestHandler, fromOwnSite: RequestHandler): RequestHandler[] {
  if (answersAlone(operation)) return [];
  return operation.problems.includes('csrf_invalid') ? [limited, fromOwnSite] : [limited];
}

/** Health and documents: they bound how long they wait for others. */
function answersAlone(operation: Operation): boolean {
  return operation.scope === null && operation.area === 'system';
}

/** `/v1/clients/{id}` as express writes it. */
function routeOf(path: string): string {
  return path.replace(/\{(\w+)\}/g, ':$1');
}

function begin(operation: Operation, abandoned: AbandonedRequests, startTimer?: StartTimer): RequestHandler {
  return (req, _res, next) => {
    const state = stateOf(req);
    state.operation = operation;
    state.bound = new AnswerBound(abandoned, state.requestId, startTimer);
    if (!answersAlone(operation)) abandoned.requireRoom();
    next();
  };
}

function serve(operation: Operation, context: ApiContext, options: MountOptions): RequestHandler {
  return async (req, res) => {
    const idempotencyKey = idempotencyKeyOf(operation, req);
    const carryOut = operation.prepare(inputOf(operation, context, req, idempotencyKey));
    const bound = boundOf(req);
    if (operation.upload) bound.allowFile();
    const late = lateProblem(operation);
    const work = async (updateId: string): Promise<SentAnswer> => {
      bound.requireTime();
      const answer = await carryOut(updateId);
      if (options.checkAnswers) holdAgainstSchema(operation, answer);
      return jsonAnswer(answer);
    };
    if (idempotencyKey !== null) {
      return sendJson(res, await bound.wait(() => once(context, operation, req, idempotencyKey, work), late));
    }
    await answerDirectly(res, operation, options, await bound.wait(() => carryOut(randomUUID()), late));
  };
}

async function answerDirectly(
  res: Response,
  operation: Operation,
  options: MountOptions,
  answer: Answer,
): Promise<void> {
  if (answer.stream) return answer.stream(res);
  if (answer.raw) return sendRaw(res, { ...answer, raw: answer.raw });
  if (options.checkAnswers) holdAgainstSchema(operation, answer);
  sendJson(res, jsonAnswer(answer));
}

function inputOf(operation: Operation, context: ApiContext, req: Request, idempotencyKey: string | null): RawInput {
  const { requestId, caller, panelCaller, rawBody } = stateOf(req);
  const sentBy = caller ?? panelCaller;
  const ifMatch = parseIfMatch(req.get('if-match'));
  if (operation.needsIfMatch) requireIfMatch(ifMatch);
  return {
    params: req.params,
    query: req.query,
    body: req.body,
    headers: req.headers,
    context,
    caller,
    panelCaller,
    requestId,
    // Not the request id: a caller may send the same one with different requests.
    dedupeId: idempotencyKey && sentBy ? dedupeIdOf(sentBy, idempotencyKey) : randomUUID(),
    ifMatch,
    now: context.clock(),
    url: req.originalUrl,
    log: context.logger.child({ requestId, operation: operation.id }),
    rawBody,
    sender: senderOf(context.config, req),
    bound: boundOf(req),
  };
}

function otherMethods(known: readonly Operation[]): RequestHandler {
  const allow = known.map((operation) => operation.method.toUpperCase()).join(', ');
  return (req, res) => {
    if (req.method === 'OPTIONS') {
      res.set('Allow', allow).status(204).end();
      return;
    }
    throw new ApiProblem('method_not_allowed', `${req.method} is not allowed on this path, only ${allow}`, {
      headers: { Allow: allow },
    });
  };
}

function holdAgainstSchema(operation: Operation, answer: Answer): void {
  const promised = operation.responses[answer.status];
  if (!promised) throw new TypeError(`${operation.id} answered ${answer.status}, which its definition does not list`);
  if (!promised.schema) {
    if (answer.body !== undefined)
      throw new TypeError(`${operation.id} answered with a body, which its definition does not list`);
    return;
  }
  const wire: unknown = JSON.parse(JSON.stringify(answer.body));
  const result = promised.schema.safeParse(wire);
  if (!result.success)
    throw new TypeError(
      `${operation.id} answered with a body of another form than its definition: ${result.error.message}`,
    );
}
