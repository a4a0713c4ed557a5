import type { Actor } from '../../domain/monitoring/state.js';

/** Who changes something, and why: what its audit row will say. */
export interface Change {
  readonly actor: Actor;
  readonly reason: string | null;
}
