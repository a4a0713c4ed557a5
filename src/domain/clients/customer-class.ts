/** What clients of a kind may do, unless the client says it for itself (docs/concepts.md#customer-classes). */
export interface CustomerClassFields {
  readonly resellerId: string;
  readonly name: string;
  /** between accounts */
  readonly transfersAllowed: boolean;
}
