/** A payment that a payment system signals to the monitor itself. */
export interface RefilledSignal {
  readonly paymentId: string;
  /** positive decimal string */
  readonly amount: string;
  readonly currency: string;
  /** RFC 3339; absent: now */
  readonly at?: string;
}

export interface RecordRefillInput extends RefilledSignal {
  readonly clientId: string;
  readonly receivedAt: number;
}
