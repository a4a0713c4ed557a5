import { seconds } from '../../bench/stack.mjs';

/**
 * The same local activities with the fate that is set when they are called.
 * @param fate how each kind ends: `works`, `fails`, or `hangs` until its time-out
 */
export function withFate({ observe, recordCheckAndObserve, publish }, fate) {
  const fated = (activity, kind) => async (input) => {
    if (fate[kind] === 'fails') throw new Error('the database is unavailable');
    while (fate[kind] === 'hangs') await seconds(0.1);
    return activity(input);
  };
  return {
    observe: fated(observe, 'read'),
    recordCheckAndObserve: fated(recordCheckAndObserve, 'read'),
    publish: fated(publish, 'publish'),
  };
}
