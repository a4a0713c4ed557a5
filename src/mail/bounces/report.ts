/** What a delivery status notification (RFC 3464) says about one recipient. */
export interface ReportedRecipient {
  /** as the message was addressed; where forwarded, the original address if the report has it */
  readonly address: string;
  /** `failed`, `delayed`, `delivered`, `relayed`, or `expanded` */
  readonly action: string;
  /** as `5.1.1`; empty: the report has none */
  readonly status: string;
  /** what the other server said, one line */
  readonly diagnostic: string;
}

export interface DeliveryReport {
  /**
   * Message-IDs of the message that the report is about, with their angle brackets, the most certain first: a provider may have replaced
   * ours by its own
   */
  readonly messageIds: readonly string[];
  readonly recipients: readonly ReportedRecipient[];
  /** addresses to which the report itself was sent */
  readonly returnedTo: readonly string[];
}
