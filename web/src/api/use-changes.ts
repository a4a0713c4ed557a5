import { useEffect, useRef } from 'react';
import type { Kind } from './keys';
import { concerns, onChange } from './stream';

const defaultGatherMs = 2000;

interface ChangesOptions {
  /** changes of other clients do not matter; null: all do */
  readonly clientId?: string | null;
  /** the time in which changes are gathered */
  readonly gatherMs?: number | undefined;
}

/** Fetches again when the stream says that something of this kind has changed: once in the time that gathers changes. */
export function useChanges(
  kind: Kind,
  refetch: () => Promise<unknown>,
  { clientId = null, gatherMs = defaultGatherMs }: ChangesOptions = {},
): void {
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);
  useEffect(() => {
    const stop = onChange((change) => {
      const isOther = clientId !== null && change.clientId !== null && change.clientId !== clientId;
      if (isOther || !concerns(change, kind)) return;
      timer.current ??= setTimeout(() => {
        timer.current = null;
        void refetch();
      }, gatherMs);
    });
    return () => {
      stop();
      if (timer.current !== null) clearTimeout(timer.current);
      timer.current = null;
    };
  }, [kind, clientId, refetch, gatherMs]);
}
