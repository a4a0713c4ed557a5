import type { Response } from 'express';
import { minuteMs } from '../../../../domain/durations.js';
import type { Logger } from '../../../../observability/logger.js';
import { streamed } from '../../../contract/answers.js';
import type { Caller } from '../../../context.js';
import { defineOperation } from '../../../contract/operation.js';
import { healthState } from '../../../health/health-summary.js';
import { ApiProblem, problemAt } from '../../../http/problem.js';
import type { Change } from '../../../stream/changes.js';
import { streamsPerCaller, type Hub, type Subscriber } from '../../../stream/hub.js';
import type { StreamAccess } from '../../../stream/stream-access.js';
import { z } from '../../../contract/zod.js';

const eventStream = 'text/event-stream';
const heartbeatMs = 15_000;
const retryMs = 3000;

/** A stream ends after a while, also where nothing has ended its right. */
const longestMs = 10 * minuteMs;

/** A reader that is this far behind reads everything again. */
const mostUnread = 256 * 1024;

export const openStreamOperation = defineOperation({
  id: 'openStream',
  method: 'get',
  path: '/v1/stream',
  area: 'stream',
  summary: 'Stream changes as server-sent events',
  description:
    'Each event is `{"id","type","clientId"?,"resourceId"?}`: it says what changed, not the new values; read the ' +
    'resource again. Types: `client.changed`, `notification.changed`, `profile.changed`, `client_template.changed`, `credit.changed`, ' +
    '`request.changed` (credit requests), `audit.created`, `event.changed`, `job.changed`, `webhook.changed` (the id is the ' +
    'endpoint’s), `system.changed`, and `reset` (events may be missing, read everything ' +
    'again). Up to one event per object and second, only for what the caller may read. A comment every ' +
    `${heartbeatMs / 1000} s. The stream ends after 10 minutes, and when its key, user, or session ends or changes: ` +
    `open it again. Up to ${streamsPerCaller} streams ` +
    'per caller.',
  scope: 'any',
  request: {
    headers: z.object({
      accept: z
        .string()
        .max(1000)
        .optional()
        .openapi({ description: `Must contain ${eventStream}`, example: eventStream }),
      'last-event-id': z.string().max(100).optional().openapi({ description: 'Sent by browsers that reconnect' }),
    }),
  },
  responses: { 200: { description: 'Events, until the caller or the service ends it', contentType: eventStream } },
  problems: ['not_acceptable'],
  async handler({ headers, caller, context, log, now }) {
    if (!headers.accept?.includes(eventStream)) {
      throw problemAt('not_acceptable', '#/headers/accept', `must be ${eventStream}`);
    }
    const { live } = context;
    await live.listen();
    if (live.hub.isFull(caller.actor.id)) {
      throw new ApiProblem(
        'rate_limited',
        `up to ${streamsPerCaller} streams per caller can be open at a time: close one`,
        {
          retryAfterSeconds: 60,
        },
      );
    }
    live.watchSystem(() => healthState(context));
    const isBack = headers['last-event-id'] !== undefined;
    return streamed((res) => open(res, live.hub, { caller, isBack, log, now }));
  },
});

interface Opening {
  readonly caller: Caller;
  /** after a stream that has ended */
  readonly isBack: boolean;
  readonly log: Logger;
  /** ms since 1970 */
  readonly now: number;
}

/** When the right to a stream ends by the clock, in ms since 1970. */
function endOf(caller: Caller): number {
  const end = caller.kind === 'user' ? caller.session.expiresAt : caller.expiresAt;
  return end?.getTime() ?? Number.POSITIVE_INFINITY;
}

function open(res: Response, hub: Hub, { caller, isBack, log, now }: Opening): void {
  // Proxies such as nginx would gather what should go out at once.
  res.writeHead(200, { 'Content-Type': eventStream, 'Cache-Control': 'no-store', 'X-Accel-Buffering': 'no' });
  const stream = new EventWriter(res);
  stream.write(`retry: ${retryMs}\n\n`);
  const subscriber: Subscriber = {
    callerId: caller.actor.id,
    resellerId: caller.resellerId,
    isOperator: caller.isOperator,
    scopes: caller.scopes,
    access: streamAccessOf(caller),
    send: (changes) => stream.send(changes),
    reset: () => stream.reset(),
    end: () => res.end(),
  };
  hub.add(subscriber);
  if (isBack) stream.reset();
  // The right may have ended after it was checked, and before the hub knew of the stream.
  hub.recheck(now, [subscriber]).catch((error: unknown) => {
    log.warn({ err: error }, 'the right to a stream could not be checked: the stream ends');
    res.end();
  });
  const heartbeat = setInterval(() => stream.write(': still here\n\n'), heartbeatMs);
  const end = setTimeout(() => res.end(), Math.min(longestMs, Math.max(0, endOf(caller) - now)));
  res.once('close', () => {
    clearInterval(heartbeat);
    clearTimeout(end);
    hub.remove(subscriber);
  });
}

class EventWriter {
  private last = 0;

  constructor(private readonly res: Response) {}

  send(changes: readonly Change[]): void {
    for (const change of changes) this.event({ type: change.type, ...namesOf(change) });
  }

  reset(): void {
    this.event({ type: 'reset' });
  }

  write(text: string): void {
    if (this.res.writableLength > mostUnread) this.res.destroy();
    else this.res.write(text);
  }

  private event(fields: Readonly<Record<string, string>>): void {
    const id = String(++this.last);
    this.write(`id: ${id}\ndata: ${JSON.stringify({ id, ...fields })}\n\n`);
  }
}

function namesOf({ type, id, clientId }: Change): Record<string, string> {
  return {
    ...(clientId !== null && { clientId }),
    ...(id !== null && type !== 'client.changed' && { resourceId: id }),
  };
}

function streamAccessOf(caller: Caller): StreamAccess {
  const { resellerId, scopes } = caller;
  return caller.kind === 'key'
    ? { by: { kind: 'key', keyId: caller.keyId }, userId: caller.ownerId, resellerId, scopes }
    : { by: { kind: 'session', sessionId: caller.session.id }, userId: caller.userId, resellerId, scopes };
}
