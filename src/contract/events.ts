/** A cause that staff has to know: an entry of the events log. */
export interface RaiseEventInput {
  readonly kind: 'rate.missing' | 'payment.refused';
  readonly clientId: string;
  readonly at: number;
  readonly data: Readonly<Record<string, string>>;
}
