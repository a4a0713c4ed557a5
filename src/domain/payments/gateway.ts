/**
 * The port to a payment gateway, which keeps the clients' cards and charges them. No card number ever passes it: a client
 * enters its card in a page of the gateway, and Lowwater knows the card by the gateway's profile of it.
 *
 * No method retries, and none throws for what a gateway answers: `GatewayUnavailable` says that there was no answer, or
 * none that is understood.
 */

/** How to talk to a gateway: `http`: the contract of docs/payment-gateways.md · `authorize_net`: Authorize.net's. */
export const gatewayKinds = ['http', 'authorize_net'] as const;
export type GatewayKind = (typeof gatewayKinds)[number];

/** What a gateway is reached with. The secrets are kept encrypted, and are never logged. */
export interface GatewayConnection {
  readonly kind: GatewayKind;
  readonly url: string;
  /** of `authorize_net`: the API login ID */
  readonly login: string;
  /** the API key, or the transaction key */
  readonly apiKey: string;
  /** what its webhooks are signed with; null: it sends none */
  readonly webhookSecret: string | null;
}

/** A card as the gateway names it. */
export interface CardProfile {
  readonly customerProfileId: string;
  readonly paymentProfileId: string;
}

/** What is shown of a card. */
interface CardFace {
  readonly brand: string;
  readonly last4: string;
  /** the last month in which it is valid, `2028-04` */
  readonly expires: string;
}

export type RegisteredCard = CardProfile & CardFace;

interface ChargeRequest {
  /** names the charge: the same key is the same charge */
  readonly key: string;
  /** decimal string with the decimals of the currency */
  readonly amount: string;
  readonly currency: string;
  readonly card: CardProfile;
}

/**
 * The state of a transaction at the gateway. `held`: a person at the gateway reviews it. `charged_back`: the bank took the
 * amount back. `reinstated`: it came back after that. `returned`: the payment bounced.
 */
export const transactionStates = [
  'approved',
  'declined',
  'held',
  'charged_back',
  'returned',
  'reinstated',
  'voided',
] as const;
export type TransactionState = (typeof transactionStates)[number];

export interface GatewayTransaction {
  readonly id: string;
  /** the key of its charge; null: it was not made by Lowwater */
  readonly key: string | null;
  readonly state: TransactionState;
  readonly amount: string;
  /** null: the gateway has one currency and does not say it */
  readonly currency: string | null;
  /** why it was declined; null: it was not */
  readonly decline: Decline | null;
}

export interface Decline {
  readonly code: string;
  /** the gateway's words, without a card number */
  readonly message: string;
  /** the card must not be charged again */
  readonly isHard: boolean;
}

interface TransactionQuery {
  readonly key: string;
  /** null: the answer to the charge was lost */
  readonly transactionId: string | null;
  readonly card: CardProfile;
}

/** A page of the gateway in which the client enters its card. */
export interface HostedForm {
  readonly url: string;
  /** `POST`: the browser posts the fields to the address */
  readonly method: 'GET' | 'POST';
  readonly fields: Readonly<Record<string, string>>;
  /** by which the gateway names this registration later */
  readonly reference: string;
}

interface RegistrationRequest {
  /** names the client at the gateway: letters, digits, and `-`, up to 20 */
  readonly customer: string;
  /** where the gateway sends the browser afterwards */
  readonly returnUrl: string;
}

/** A message of a gateway whose signature was right. What it says is only a hint: the transaction is read. */
export interface GatewayEvent {
  readonly id: string;
  /** null: it is about no transaction */
  readonly transactionId: string | null;
}

/** Headers by their names in lower case. */
export type MessageHeaders = Readonly<Record<string, string | undefined>>;

export interface PaymentGateway {
  /** Charges a card. The key must be stored before: after a lost answer the charge is found by it. */
  charge(request: ChargeRequest): Promise<GatewayTransaction>;
  /** null: the gateway does not have the transaction */
  lookUp(query: TransactionQuery): Promise<GatewayTransaction | null>;
  /** Reads a transaction that an event names; null: the gateway does not have it. */
  readTransaction(id: string): Promise<GatewayTransaction | null>;
  startRegistration(request: RegistrationRequest): Promise<HostedForm>;
  /** The card that was entered; null: none was. */
  finishRegistration(reference: string): Promise<RegisteredCard | null>;
  /** A card that is gone already is no error. */
  deleteCard(card: CardProfile): Promise<void>;
  /** The event in a message; null: the signature is wrong. */
  readEvent(headers: MessageHeaders, body: Buffer, nowMs: number): GatewayEvent | null;
}

/** Opens the port to a gateway. */
export type ConnectGateway = (connection: GatewayConnection) => PaymentGateway;

/** No answer, or none that is understood: what was asked for may have been done. The message holds no secret. */
export class GatewayUnavailable extends Error {
  override readonly name = 'GatewayUnavailable';
}

/** The gateway refused a request for its form or its credentials: it did nothing. The message holds no secret. */
export class GatewayRefusal extends Error {
  override readonly name = 'GatewayRefusal';
}
