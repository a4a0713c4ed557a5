import type { Micros } from '../money.js';

/** How payments, credit notes, and invoices below zero settle invoices: oldest first. It moves no balance. */

/** Money that can settle invoices. */
export interface OpenCredit {
  readonly id: string;
  /** above zero */
  readonly left: Micros;
}

/** An issued invoice that is not settled. */
export interface OpenInvoice {
  readonly id: string;
  /** above zero */
  readonly outstanding: Micros;
}

export interface NewAllocation {
  readonly creditId: string;
  readonly invoiceId: string;
  readonly amount: Micros;
}

/** A credit that settles this invoice before others. */
interface Wish {
  readonly creditId: string;
  readonly invoiceId: string;
}

/**
 * Settles invoices with credits, both in their order, until one of them is used up.
 *
 * @param wishes come first; one that names what is not open is passed over
 */
export function allocate(
  credits: readonly OpenCredit[],
  invoices: readonly OpenInvoice[],
  wishes: readonly Wish[] = [],
): NewAllocation[] {
  const left = new Map(credits.map(({ id, left: amount }) => [id, amount]));
  const due = new Map(invoices.map(({ id, outstanding }) => [id, outstanding]));
  const made: NewAllocation[] = [];
  const settle = (creditId: string, invoiceId: string): void => {
    const [money = 0n, owed = 0n] = [left.get(creditId), due.get(invoiceId)];
    const amount = money < owed ? money : owed;
    if (amount <= 0n) return;
    left.set(creditId, money - amount);
    due.set(invoiceId, owed - amount);
    made.push({ creditId, invoiceId, amount });
  };
  for (const { creditId, invoiceId } of wishes) settle(creditId, invoiceId);
  const creditIds = [...left.keys()];
  let next = 0;
  for (const invoiceId of due.keys()) {
    while ((due.get(invoiceId) ?? 0n) > 0n) {
      const creditId = creditIds[next];
      if (creditId === undefined) return merged(made);
      if ((left.get(creditId) ?? 0n) > 0n) settle(creditId, invoiceId);
      else next++;
    }
  }
  return merged(made);
}

/** One allocation for each pair. */
function merged(made: readonly NewAllocation[]): NewAllocation[] {
  const byPair = new Map<string, NewAllocation>();
  for (const one of made) {
    const key = `${one.creditId} ${one.invoiceId}`;
    byPair.set(key, { ...one, amount: one.amount + (byPair.get(key)?.amount ?? 0n) });
  }
  return [...byPair.values()];
}

/** What is taken of a credit. */
interface Taking {
  readonly creditId: string;
  readonly amount: Micros;
}

/** Takes an amount out of credits in their order; null where they hold less. */
export function takeFrom(credits: readonly OpenCredit[], amount: Micros): Taking[] | null {
  const taken: Taking[] = [];
  let missing = amount;
  for (const { id, left } of credits) {
    if (missing === 0n) break;
    const part = left < missing ? left : missing;
    taken.push({ creditId: id, amount: part });
    missing -= part;
  }
  return missing === 0n ? taken : null;
}

/** What is left of credits where something was taken of them. */
export function lessTaken(credits: readonly OpenCredit[], taken: readonly Taking[]): OpenCredit[] {
  const amounts = new Map(taken.map(({ creditId, amount }) => [creditId, amount]));
  return credits.map(({ id, left }) => ({ id, left: left - (amounts.get(id) ?? 0n) })).filter(({ left }) => left > 0n);
}

/**
 * What may be paid out to a client: transfers to other clients settle nothing, but what left by them is not there any more.
 *
 * @param transferredOut less what came from other clients
 */
export function refundableOf(unallocated: Micros, transferredOut: Micros): Micros {
  const left = transferredOut > 0n ? unallocated - transferredOut : unallocated;
  return left > 0n ? left : 0n;
}

/** An allocation that was made. */
export interface StandingAllocation {
  readonly id: string;
  readonly amount: Micros;
}

/** How an allocation ends: it is removed, and made again with what is kept of it (0: not). */
interface Release {
  readonly id: string;
  readonly kept: Micros;
  readonly released: Micros;
}

/**
 * Which allocations of a credit end where an amount of it is needed elsewhere: the given ones in their order, the last of
 * them in part; null where they hold less.
 */
export function releaseOf(allocations: readonly StandingAllocation[], amount: Micros): Release[] | null {
  const released: Release[] = [];
  let missing = amount;
  for (const { id, amount: standing } of allocations) {
    if (missing <= 0n) break;
    const part = standing < missing ? standing : missing;
    released.push({ id, kept: standing - part, released: part });
    missing -= part;
  }
  return missing <= 0n ? released : null;
}
