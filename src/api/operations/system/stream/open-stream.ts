import type { Response } from 'express';
import { minuteMs } from '../../../../domain/durations.js';
import { streamed } from '../../../contract/answers.js';
import type { Caller } from '../../../context.js';
import { defineOperation } from '../../../contract/operation.js';
import { healthWord } from '../../../health/health-summary.js';
import { ApiProblem, problemAt } from '../../../http/problem.js';
import type { Change } from '../../../stream/changes.js';
import { streamsPerCaller, type Hub, type Subscriber } from '../../../stream/hub.js';
import { z } from '../../../contract/zod.js';

const eventStream = 'text/event-stream';
const heartbeatMs = 15_000;
const retryMs = 3000;

/** A stream ends after a while, so that a key that was revoked meanwhile opens no other. */
const longestMs = 10 * minuteMs;

/** Whoever reads this much too slowly begins anew. */
const mostUnread = 256 * 1024;

export const openStreamOperation = defineOperation({
  id: 'openStream',
  method: 'get',
  path: '/v1/stream',
  area: 'stream',
  summary: 'Hear what changes, as server-sent events',
  description:
    'Each event is `{"id","type","clientId"?,"resourceId"?}`: that something changed, not what it is now; read it anew. ' +
    'Types: `client.changed`, `notification.changed`, `profile.changed`, `credit.changed`, `audit.created`, ' +
    '`event.changed`, `system.changed`, and `reset`: something may have been missed, read everything again. At most one ' +
    `event for a thing in a second; only what the caller may read. A comment every ${heartbeatMs / 1000} s; after ten ` +
    `minutes the stream ends and is to be opened again. At most ${streamsPerCaller} streams a caller.`,
  scope: 'any',
  request: {
    headers: z.object({
      accept: z
        .string()
        .max(1000)
        .optional()
        .openapi({ description: `Must name ${eventStream}`, example: eventStream }),
      'last-event-id': z.string().max(100).optional().openapi({ description: 'Sent by browsers that come back' }),
    }),
  },
  responses: { 200: { description: 'Events, until the caller or the service ends it', contentType: eventStream } },
  problems: ['not_acceptable'],
  async handler({ headers, caller, context }) {
    if (!headers.accept?.includes(eventStream)) {
      throw problemAt('not_acceptable', '#/headers/accept', `this answers a stream: send Accept: ${eventStream}`);
    }
    const { live } = context;
    await live.listen();
    if (live.hub.isFull(caller.actor.id)) {
      throw new ApiProblem('rate_limited', `at most ${streamsPerCaller} streams of one caller are open at a time`, {
        retryAfterSeconds: 60,
      });
    }
    live.watchSystem(() => healthWord(context));
    return streamed((res) => open(res, live.hub, caller, headers['last-event-id'] !== undefined));
  },
});

function open(res: Response, hub: Hub, caller: Caller, isBack: boolean): void {
  // Proxies such as nginx would gather what should go out at once.
  res.writeHead(200, { 'Content-Type': eventStream, 'Cache-Control': 'no-store', 'X-Accel-Buffering': 'no' });
  const stream = new EventWriter(res);
  stream.write(`retry: ${retryMs}\n\n`);
  const subscriber: Subscriber = {
    callerId: caller.actor.id,
    resellerId: caller.resellerId,
    isOperator: caller.isOperator,
    scopes: caller.scopes,
    send: (changes) => stream.send(changes),
    reset: () => stream.reset(),
    end: () => res.end(),
  };
  hub.add(subscriber);
  if (isBack) stream.reset();
  const heartbeat = setInterval(() => stream.write(': still here\n\n'), heartbeatMs);
  const end = setTimeout(() => res.end(), longestMs);
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
