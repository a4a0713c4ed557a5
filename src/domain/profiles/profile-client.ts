import type { InheritableField } from '../clients/client-fields.js';
import type { SilenceWindow } from '../silences/silence-window.js';
import type { RuleStates } from '../monitoring/rule-state.js';
import type { BalanceModel } from '../monitoring/rules.js';

/** A client with everything that an evaluation of its profile's rules reads. */
export interface ProfileClient {
  readonly id: string;
  readonly name: string;
  readonly profileId: string | null;
  readonly currency: string;
  readonly status: 'active' | 'stop';
  readonly balanceModel: BalanceModel;
  readonly billingEmail: string | null;
  readonly ownerEmail: string | null;
  /** null: unknown */
  readonly live: string | null;
  readonly creditLimit: string;
  readonly temporaryCredit: string;
  readonly refillSeq: number;
  readonly chargedAtMs: number;
  readonly rules: RuleStates;
  readonly pausedBy: string | null;
  readonly silences: Readonly<Record<string, number>>;
  /** silences over many clients that cover it now; null: none */
  readonly silenceWindows?: readonly SilenceWindow[] | null;
  /** where a change of a client template is computed: its own low balance threshold, and what it has set itself */
  readonly lowBalanceThreshold?: string | null;
  readonly ownFields?: readonly InheritableField[];
}
