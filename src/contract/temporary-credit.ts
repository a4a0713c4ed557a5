import type { Actor } from '../domain/monitoring/state.js';
import type { GrantStatus } from '../domain/credit/grants.js';

/** The step of a temporary credit that is due. Idempotent: the database knows what was done. */
export interface AdvanceGrantInput {
  readonly clientId: string;
  readonly grantId: string;
  readonly step: 'start' | 'warn' | 'revert';
  readonly at: number;
}

export interface AdvanceGrantResult {
  /** the step is done, by this attempt or one before; false: the credit was changed, so that it is not due */
  readonly done: boolean;
  readonly version: number;
}

/** The granter's own maximum, as strings; absent: no bound. */
export interface CapInput {
  readonly maxAmount?: string;
  readonly maxPercent?: string;
  readonly maxDays?: number;
}

export interface GrantCreditInput {
  /** the same id is the same request, also after continue-as-new */
  readonly requestId: string;
  readonly amount?: string;
  readonly percent?: string;
  /** RFC 3339; absent: now */
  readonly from?: string;
  readonly validUntil: string;
  readonly reason: string;
  readonly cap?: CapInput;
  readonly actor: Actor;
}

export interface ChangeGrantInput {
  readonly requestId: string;
  readonly grantId: string;
  readonly amount?: string;
  readonly percent?: string;
  readonly validUntil?: string;
  /** refuse when the grant is no longer at this version */
  readonly ifVersion?: number;
  readonly reason: string;
  readonly cap?: CapInput;
  readonly actor: Actor;
}

export interface CancelGrantInput {
  readonly requestId: string;
  readonly grantId: string;
  readonly ifVersion?: number;
  readonly reason: string;
  readonly actor: Actor;
}

/** A grant as every face shows it. */
export interface GrantView {
  readonly id: string;
  readonly clientId: string;
  readonly amount: string;
  readonly percent: string | null;
  readonly currency: string;
  /** RFC 3339 */
  readonly validFrom: string;
  readonly validUntil: string;
  readonly status: GrantStatus;
  readonly reason: string;
  readonly grantedBy: string;
  readonly version: number;
}

/** A grant with what else the monitor needs. */
export interface GrantRecord extends GrantView {
  readonly seq: number;
}
