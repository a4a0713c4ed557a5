import type { TestApi } from './api.js';
import { noteAnswered } from './answered.js';

export interface StreamEvent {
  readonly id: string;
  readonly type: string;
  readonly clientId?: string;
  readonly resourceId?: string;
}

/** A stream of events as a page reads it. */
export interface OpenStream {
  readonly status: number;
  readonly headers: Headers;
  /** all that came so far */
  readonly events: readonly StreamEvent[];
  /** the raw text so far */
  readonly text: () => string;
  /** Resolves with the first event, now or later, that fits. */
  until(fits: (event: StreamEvent) => boolean): Promise<StreamEvent>;
  /** Resolves when the server has ended it. */
  readonly ended: Promise<void>;
  close(): void;
}

export async function openStream(
  api: Pick<TestApi, 'url' | 'key'>,
  options: { readonly key?: string | null; readonly headers?: Record<string, string> } = {},
): Promise<OpenStream> {
  const abort = new AbortController();
  const response = await fetch(`${api.url}/v1/stream`, {
    headers: {
      Accept: 'text/event-stream',
      ...(options.key !== null && { Authorization: `Bearer ${options.key ?? api.key}` }),
      ...options.headers,
    },
    signal: abort.signal,
  });
  if (response.ok) noteAnswered('openStream');
  const events: StreamEvent[] = [];
  const waiting = new Set<() => void>();
  let text = '';
  let read = 0;
  const take = (chunk: string): void => {
    text += chunk;
    for (let end = text.indexOf('\n\n', read); end >= 0; end = text.indexOf('\n\n', read)) {
      const data = /^data: (.*)$/m.exec(text.slice(read, end))?.[1];
      if (data !== undefined) events.push(JSON.parse(data) as StreamEvent);
      read = end + 2;
    }
    for (const look of waiting) look();
  };
  const ended = (async () => {
    const decoder = new TextDecoder();
    for await (const chunk of response.body ?? []) take(decoder.decode(chunk as Uint8Array, { stream: true }));
  })().catch(() => undefined);
  return {
    status: response.status,
    headers: response.headers,
    events,
    text: () => text,
    ended,
    until: (fits) =>
      new Promise((resolve) => {
        const look = (): void => {
          const event = events.find(fits);
          if (!event) return;
          waiting.delete(look);
          resolve(event);
        };
        waiting.add(look);
        look();
      }),
    close: () => abort.abort(),
  };
}
