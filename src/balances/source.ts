/**
 * Where balances come from. The `ledger` source has no object behind this port: the check's own statement reads our
 * tables. The two others ask a foreign system, many clients at a time.
 */
export interface BalanceSource {
  readonly kind: 'sql' | 'http';
  /**
   * Reads the live balances of a batch. Never rejects because of the external system: a client without a usable balance
   * is unknown, with the reason. Unknown is neither low nor refilled, and never zero.
   *
   * @param atMs the instant of the check, ms since 1970 UTC; a source that keeps history may answer for it
   */
  read(clients: readonly BalanceRequest[], atMs: number): Promise<ReadResult>;
  /**
   * Asks for no balance, to prove that the source answers in the right form.
   *
   * @throws Error with the reason and what to do.
   */
  check(): Promise<void>;
  close(): Promise<void>;
}

export interface BalanceRequest {
  readonly id: string;
  /** the foreign system's name for the client; null: it knows our id */
  readonly externalId: string | null;
  /** ISO 4217; a balance in another currency is refused, not converted */
  readonly currency: string;
}

export interface BalanceReading {
  /** decimal string with up to 6 decimals, in the client's currency */
  readonly live: string;
  readonly currency: string;
}

export interface UnknownBalance {
  /** why, in words for staff; no secrets, no content of the answer */
  readonly unknown: string;
  /** true: the source answered for no client at all; absent: the reason is this client's own */
  readonly sourceDown?: true;
}

/** By our client id; every client that was asked for has an entry. */
export type ReadResult = Map<string, BalanceReading | UnknownBalance>;

/** What a source reports to the process that runs it. */
export interface SourceObserver {
  /** after each read: how long it took, for how many clients, how many of them stayed unknown */
  onRead?(read: { source: string; seconds: number; clients: number; unknown: number }): void;
  /** once for each change, not for each failed read; `reason` is why it is down */
  onChange?(change: { source: string; state: 'down' | 'up'; reason?: string }): void;
  /** once for each change of one client while the source itself answers; null: it is known again */
  onClient?(change: { source: string; clientId: string; reason: string | null }): void;
}

/** Thrown within a source when nothing of its answer can be used; becomes "unknown" for the whole batch. */
export class SourceDown extends Error {
  override readonly name = 'SourceDown';
}
