/** Rates that clients have for origination or termination (docs/rates.md#rate-tables). */
export interface RateTableFields {
  readonly resellerId: string;
  readonly name: string;
  readonly currency: string;
  /** in which dates without a zone are read */
  readonly timezone: string;
  readonly notes: string | null;
  /** when its clients are notified of new rates; null: soon after a change */
  readonly agreementId: string | null;
}
