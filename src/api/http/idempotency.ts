import { createHash, randomBytes, randomUUID } from 'node:crypto';
import type { Request } from 'express';
import { DomainError } from '../../domain/errors.js';
import {
  claimIdempotencyKey,
  holdIdempotencyKey,
  keepAnswer,
  releaseIdempotencyKey,
  type Claim,
  type IdempotentRequest,
} from '../../storage/system/requests/idempotency.js';
import { UpdateRefused } from '../../temporal/gateway.js';
import type { ApiContext } from '../context.js';
import type { Operation } from '../contract/operation.js';
import { ApiProblem, problemAt } from './problem.js';
import { senderIn } from './request-state.js';
import type { SentAnswer } from './send.js';

const pointer = '#/headers/idempotency-key';
/** Visible ASCII, as a structured header would carry it, quotes or none. */
const keyPattern = /^[\x21-\x7e]{1,200}$/;

/**
 * The Idempotency-Key of a POST that has a caller; null: none was given.
 *
 * @throws ApiProblem `invalid` when it is unusable
 */
export function idempotencyKeyOf(operation: Operation, req: Request): string | null {
  const key = req.get('idempotency-key');
  if (key === undefined || !supportsIdempotencyKey(operation)) return null;
  if (!keyPattern.test(key)) {
    throw problemAt('invalid', pointer, 'must be 1 to 200 visible ASCII characters, such as a UUID');
  }
  return key;
}

/** What holds a password leaves nothing behind, not even a hash of it: such a request is simply done again. */
export function supportsIdempotencyKey(
  operation: Pick<Operation, 'method' | 'scope' | 'isPanel' | 'secretBody' | 'takesKey' | 'responses'>,
): boolean {
  const hasCaller = operation.scope !== null || operation.isPanel;
  // Of answers, only JSON is kept to be repeated. A file that is made of what was sent changes nothing.
  const isKept = Object.values(operation.responses).every(
    ({ contentType = 'application/json' }) => contentType === 'application/json',
  );
  return (operation.method === 'post' || operation.takesKey) && hasCaller && isKept && !operation.secretBody;
}

/** Names a request permanently in its records, where a name has at most 200 characters. */
export function dedupeIdOf(caller: { readonly id: string }, key: string): string {
  const name = key.length <= 100 ? key : createHash('sha256').update(key).digest('hex');
  return `${caller.id}:${name}`;
}

/**
 * Carries a request out once per Idempotency-Key: a repetition gets the first answer again. Only what succeeded is
 * kept; a refusal changed nothing and may be tried again with the same key. After an attempt without an outcome the
 * same request, and no other, may be sent again: it takes up the update that the attempt may have begun.
 *
 * @param work is given the id of the update that carries the request out
 */
export async function once(
  context: ApiContext,
  operation: Operation,
  req: Request,
  key: string,
  work: (updateId: string) => Promise<SentAnswer>,
): Promise<SentAnswer> {
  const caller = senderIn(req);
  if (!caller) return work(randomUUID());
  const request: IdempotentRequest = {
    caller: caller.id,
    key,
    operation: operation.id,
    hash: hashOf(req),
    nowMs: context.clock(),
    updateId: newUpdateId(dedupeIdOf(caller, key)),
  };
  const claim = await claimIdempotencyKey(context.sql, request);
  if (claim.kind !== 'mine') return repeated(operation, claim);
  const answer = await attempt(context, { ...request, updateId: claim.updateId }, claim.isOpen, work);
  await keepAnswer(context.sql, request, operation.secretAnswer ? { ...answer, headers: {}, body: null } : answer);
  return answer;
}

/** @param isOpen an earlier attempt has no outcome */
async function attempt(
  context: ApiContext,
  request: IdempotentRequest,
  isOpen: boolean,
  work: (updateId: string) => Promise<SentAnswer>,
): Promise<SentAnswer> {
  try {
    return await work(request.updateId);
  } catch (error) {
    const free = changedNothing(error, isOpen) ? releaseIdempotencyKey : holdIdempotencyKey;
    await free(context.sql, request).catch((cause: unknown) =>
      context.logger.warn({ err: cause }, 'an Idempotency-Key was not released; it expires in a minute'),
    );
    throw error;
  }
}

/**
 * A refusal changed nothing; anything else leaves it open whether something was changed. What an earlier attempt began
 * is over only when the monitor refused that very update: any other refusal speaks of this attempt alone.
 */
function changedNothing(error: unknown, isOpen: boolean): boolean {
  if (error instanceof UpdateRefused) return true;
  return !isOpen && (error instanceof ApiProblem || error instanceof DomainError);
}

/** An update that was refused stays refused: a request that is tried again after a refusal needs another. */
function newUpdateId(dedupeId: string): string {
  return `${dedupeId}:${randomBytes(4).toString('hex')}`;
}

function repeated(operation: Operation, claim: Exclude<Claim, { kind: 'mine' }>): SentAnswer {
  switch (claim.kind) {
    case 'other':
      throw problemAt(
        'idempotency_mismatch',
        pointer,
        'this key was used for a request with another path or body: use a new key',
      );
    case 'in_flight':
      throw problemAt('idempotency_in_flight', pointer, 'the first request with this key is still in progress', {
        retryAfterSeconds: 1,
      });
    case 'answered':
      if (operation.secretAnswer) {
        throw problemAt('idempotency_spent', pointer, 'this request was completed, and its response was shown once');
      }
      return { status: claim.status, headers: { ...claim.headers, 'Idempotency-Replayed': 'true' }, body: claim.body };
  }
}

/** The same request is the same method, address and body; spaces and the order of fields do not matter. */
function hashOf(req: Request): Buffer {
  const body: unknown = req.body;
  const hash = createHash('sha256').update(`${req.method} ${req.originalUrl}\n`);
  return hash.update(body === undefined ? '' : Buffer.isBuffer(body) ? body : canonical(body)).digest();
}

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value === 'object' && value !== null) {
    const fields = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
    return `{${fields.map(([name, field]) => `${JSON.stringify(name)}:${canonical(field)}`).join(',')}}`;
  }
  return JSON.stringify(value) ?? '';
}
