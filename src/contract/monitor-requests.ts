import type { Actor } from '../domain/monitoring/state.js';
import type { ClientState } from '../domain/monitoring/client-state.js';
import type { Verdict } from '../domain/monitoring/evaluate.js';

export interface CheckNowInput {
  /** the same id is the same request, also after continue-as-new; best the id of the update */
  readonly requestId?: string;
  readonly actor: Actor;
  readonly reason?: string;
}

export interface CheckNowResult {
  readonly at: number;
  readonly state: ClientState;
  readonly available: string | null;
  readonly verdicts: readonly Verdict[];
}

export interface ResetRuleInput {
  /** the same id is the same request, also after continue-as-new; best the id of the update */
  readonly requestId?: string;
  readonly rule: string;
  readonly reason: string;
  readonly actor: Actor;
}

export interface SilenceInput {
  /** the same id is the same request, also after continue-as-new; best the id of the update */
  readonly requestId?: string;
  /** a rule's key; absent: all rules */
  readonly rule?: string;
  /** RFC 3339; null ends the silence now */
  readonly until: string | null;
  readonly reason: string;
  readonly actor: Actor;
}

export interface PauseInput {
  /** the same id is the same request, also after continue-as-new; best the id of the update */
  readonly requestId?: string;
  readonly reason: string;
  readonly actor: Actor;
}
