import { randomUUID } from 'node:crypto';
import type { TransactionState } from '../../../src/domain/payments/gateway.js';

/** The cards and transactions of the sandbox gateway, in memory. What a card does is said by its last digits. */

export type CardBehavior = 'approve' | 'decline' | 'decline_hard' | 'hold' | 'charge_and_vanish' | 'vanish';

/** `charge_and_vanish`: the charge is made, and its answer is lost · `vanish`: nothing is made, and no answer comes. */
export const testCards: Readonly<Record<string, { readonly behavior: CardBehavior; readonly title: string }>> = {
  '1111': { behavior: 'approve', title: 'Approved' },
  '0002': { behavior: 'decline', title: 'Declined, may be tried again' },
  '0004': { behavior: 'decline_hard', title: 'Declined for good: pick up the card' },
  '0252': { behavior: 'hold', title: 'Held for review' },
  '0408': { behavior: 'charge_and_vanish', title: 'Charged, and the answer is lost' },
  '0504': { behavior: 'vanish', title: 'Not charged, and no answer comes' },
};

export interface SandboxCard {
  readonly customerProfileId: string;
  readonly paymentProfileId: string;
  readonly brand: string;
  readonly last4: string;
  readonly expires: string;
}

export interface SandboxTransaction {
  readonly id: string;
  readonly key: string;
  readonly amount: string;
  readonly currency: string;
  readonly customerProfileId: string;
  state: TransactionState;
  decline: { readonly code: string; readonly message: string; readonly retry: 'later' | 'never' } | null;
}

export interface SandboxRegistration {
  readonly id: string;
  readonly customer: string;
  readonly returnUrl: string;
  card: SandboxCard | null;
}

export class SandboxState {
  readonly cards = new Map<string, SandboxCard>();
  readonly transactions = new Map<string, SandboxTransaction>();
  readonly registrations = new Map<string, SandboxRegistration>();
  /** by what names the client */
  readonly customers = new Map<string, string>();
  /** what was asked for, in order: each charge that arrived, made or not */
  readonly charges: string[] = [];
  /** Ids of an earlier start, which payments bear, do not come again. */
  private next = Date.now() * 100;

  private number(): string {
    this.next += 1;
    return String(this.next);
  }

  customerOf(customer: string): string {
    const known = this.customers.get(customer) ?? this.number();
    this.customers.set(customer, known);
    return known;
  }

  register(customer: string, returnUrl: string): SandboxRegistration {
    const registration = { id: randomUUID(), customer, returnUrl, card: null };
    this.registrations.set(registration.id, registration);
    return registration;
  }

  /** The card that a browser enters in the form. */
  enterCard(registration: SandboxRegistration, last4: string, expires = '2030-12'): SandboxCard {
    const card = {
      customerProfileId: this.customerOf(registration.customer),
      paymentProfileId: this.number(),
      brand: 'Visa',
      last4,
      expires,
    };
    this.cards.set(card.paymentProfileId, card);
    registration.card = card;
    return card;
  }

  cardsOf(customerProfileId: string): SandboxCard[] {
    return [...this.cards.values()].filter((card) => card.customerProfileId === customerProfileId);
  }

  byKey(key: string): SandboxTransaction | null {
    return [...this.transactions.values()].find((one) => one.key === key) ?? null;
  }

  /**
   * Makes a charge as its card says.
   *
   * @returns `answer` false: no answer is sent; `transaction` null: nothing was made
   */
  charge(asked: {
    readonly key: string;
    readonly amount: string;
    readonly currency: string;
    readonly paymentProfileId: string;
  }): { readonly transaction: SandboxTransaction | null; readonly answer: boolean } {
    this.charges.push(asked.key);
    const card = this.cards.get(asked.paymentProfileId);
    if (!card) return { transaction: null, answer: true };
    const known = this.byKey(asked.key);
    if (known) return { transaction: known, answer: true };
    const behavior = testCards[card.last4]?.behavior ?? 'approve';
    if (behavior === 'vanish') return { transaction: null, answer: false };
    const { key, amount, currency } = asked;
    const transaction: SandboxTransaction = {
      id: this.number(),
      ...{ key, amount, currency, customerProfileId: card.customerProfileId },
      ...standingOf(behavior),
    };
    this.transactions.set(transaction.id, transaction);
    return { transaction, answer: behavior !== 'charge_and_vanish' };
  }
}

function standingOf(behavior: CardBehavior): Pick<SandboxTransaction, 'state' | 'decline'> {
  switch (behavior) {
    case 'decline':
      return { state: 'declined', decline: { code: '2', message: 'Insufficient funds', retry: 'later' } };
    case 'decline_hard':
      return { state: 'declined', decline: { code: '4', message: 'Pick up card', retry: 'never' } };
    case 'hold':
      return { state: 'held', decline: null };
    default:
      return { state: 'approved', decline: null };
  }
}
