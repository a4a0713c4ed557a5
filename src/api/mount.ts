import { randomUUID } from 'node:crypto';
import type { Express, Request, RequestHandler, Response } from 'express';
import type { Answer } from './contract/answers.js';
import type { ApiContext } from './context.js';
import { dedupeIdOf, idempotencyKeyOf, once } from './http/idempotency.js';
import { parseIfMatch, requireIfMatch } from './http/if-match.js';
import { authorize, identify } from './middleware/authenticate.js';
import { readBody } from './middleware/body.js';
import { limitRate } from './middleware/rate-limit.js';
import type { Operation, RawInput } from './contract/operation.js';
import { ApiProblem } from './http/problem.js';
import { stateOf } from './http/request-state.js';
import { senderOf } from './http/sender.js';
import { jsonAnswer, sendJson, sendRaw, type SentAnswer } from './http/send.js';

export interface MountOptions {
  /** hold each answer against the schema that the document promises; for tests */
  readonly checkAnswers?: boolean;
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
  for (const operation of operations) {
    const guards = operation.scope ? [identified, limited, authorize(operation)] : unguarded(operation, limited);
    app[operation.method](
      routeOf(operation.path),
      begin(operation),
      ...guards,
      ...readBody(operation),
      serve(operation, context, options),
    );
  }
  for (const path of new Set(operations.map((operation) => operation.path))) {
    app.all(routeOf(path), otherMethods(operations.filter((operation) => operation.path === path)));
  }
}

/** Health and documents are never limited: a load balancer must not be turned away. */
function unguarded(operation: Operation, limited: RequestHandler): RequestHandler[] {
  return operation.area === 'system' ? [] : [limited];
}

/** `/v1/clients/{id}` as express writes it. */
function routeOf(path: string): string {
  return path.replace(/\{(\w+)\}/g, ':$1');
}

function begin(operation: Operation): RequestHandler {
  return (req, _res, next) => {
    stateOf(req).operation = operation;
    next();
  };
}

function serve(operation: Operation, context: ApiContext, options: MountOptions): RequestHandler {
  return async (req, res) => {
    const idempotencyKey = idempotencyKeyOf(operation, req);
    const carryOut = operation.prepare(inputOf(operation, context, req, idempotencyKey));
    const work = async (updateId: string): Promise<SentAnswer> => {
      const answer = await carryOut(updateId);
      if (options.checkAnswers) holdAgainstSchema(operation, answer);
      return jsonAnswer(answer);
    };
    if (idempotencyKey !== null) return sendJson(res, await once(context, operation, req, idempotencyKey, work));
    await answerDirectly(res, operation, options, () => carryOut(randomUUID()));
  };
}

async function answerDirectly(
  res: Response,
  operation: Operation,
  options: MountOptions,
  carryOut: () => Promise<Answer>,
): Promise<void> {
  const answer = await carryOut();
  if (answer.stream) return answer.stream(res);
  if (answer.raw) return sendRaw(res, { ...answer, raw: answer.raw });
  if (options.checkAnswers) holdAgainstSchema(operation, answer);
  sendJson(res, jsonAnswer(answer));
}

function inputOf(operation: Operation, context: ApiContext, req: Request, idempotencyKey: string | null): RawInput {
  const { requestId, caller, rawBody } = stateOf(req);
  const ifMatch = parseIfMatch(req.get('if-match'));
  if (operation.needsIfMatch) requireIfMatch(ifMatch);
  return {
    params: req.params,
    query: req.query,
    body: req.body,
    headers: req.headers,
    context,
    caller,
    requestId,
    // Not the request id: a caller may send the same one with different requests.
    dedupeId: idempotencyKey && caller ? dedupeIdOf(caller, idempotencyKey) : randomUUID(),
    ifMatch,
    now: context.clock(),
    url: req.originalUrl,
    log: context.logger.child({ requestId, operation: operation.id }),
    rawBody,
    sender: senderOf(context.config, req),
  };
}

function otherMethods(known: readonly Operation[]): RequestHandler {
  const allow = known.map((operation) => operation.method.toUpperCase()).join(', ');
  return (req, res) => {
    if (req.method === 'OPTIONS') {
      res.set('Allow', allow).status(204).end();
      return;
    }
    throw new ApiProblem('method_not_allowed', `${req.method} is not known here, only ${allow}`, {
      headers: { Allow: allow },
    });
  };
}

function holdAgainstSchema(operation: Operation, answer: Answer): void {
  const promised = operation.responses[answer.status];
  if (!promised) throw new TypeError(`${operation.id} answers ${answer.status}, which it does not promise`);
  if (!promised.schema) {
    if (answer.body !== undefined) throw new TypeError(`${operation.id} answers a body that it does not promise`);
    return;
  }
  const wire: unknown = JSON.parse(JSON.stringify(answer.body));
  const result = promised.schema.safeParse(wire);
  if (!result.success) throw new TypeError(`${operation.id} answers other than it promises: ${result.error.message}`);
}
