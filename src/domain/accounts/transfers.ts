import { DomainError, type FailureCode } from '../errors.js';
import { fitsMinorDigits, moneyWithCurrency, type Micros } from '../money.js';
import { accountAvailable, type AccountKind, type AccountStatus } from './accounts.js';

/** One of the two accounts of a transfer, with what its client allows. */
export interface TransferAccount {
  readonly id: string;
  readonly externalId: string;
  readonly clientId: string;
  readonly resellerId: string;
  readonly kind: AccountKind;
  readonly status: AccountStatus;
  /** past its last valid day, in the client's time zone */
  readonly isExpired: boolean;
  readonly currency: string;
  readonly balance: Micros;
  readonly creditLimit: Micros;
  /** the most that it may transfer on a day; null: no maximum */
  readonly dailyLimit: Micros | null;
  /** transferred on this day of the client's time zone, without what was undone */
  readonly sentToday: Micros;
  /** the client's setting, or that of its customer class */
  readonly isAllowed: boolean;
  readonly isClientDeleted: boolean;
}

export interface TransferTerms {
  /** millionths */
  readonly amount: Micros;
  readonly currency: string;
  /** the installation lets accounts of different clients of a reseller transfer */
  readonly acrossClients: boolean;
  /** Staff take a transfer back: what the clients allow, expiry, and the daily maximum do not stop them. */
  readonly isUndo: boolean;
}

/** Why the transfer is refused: the first of the checks that fails, in a fixed order; null: none does. */
export function transferRefusal(from: TransferAccount, to: TransferAccount, terms: TransferTerms): DomainError | null {
  const { isUndo } = terms;
  return (
    ofDeletedClient(from, to) ??
    toItself(from, to) ??
    (isUndo ? null : notAllowed(from)) ??
    ofWrongKind(from, to) ??
    ofInactive(from, to, isUndo) ??
    (isUndo ? null : toOtherClient(from, to, terms.acrossClients)) ??
    ofCurrency(from, to, terms.currency) ??
    ofAmount(terms) ??
    (isUndo ? null : aboveDailyLimit(from, terms.amount)) ??
    beyondFunds(from, terms.amount)
  );
}

const source = '/fromAccountId';
const target = '/toAccountId';

function refused(code: FailureCode, pointer: string, detail: string): DomainError {
  return new DomainError(code, detail, pointer);
}

function ofDeletedClient(from: TransferAccount, to: TransferAccount): DomainError | null {
  if (!from.isClientDeleted && !to.isClientDeleted) return null;
  return refused(
    'client_deleted',
    from.isClientDeleted ? source : target,
    'the client of this account is deleted and accepts no transfers',
  );
}

function toItself(from: TransferAccount, to: TransferAccount): DomainError | null {
  if (from.id !== to.id) return null;
  return refused('transfer_same_account', target, 'the accounts are the same: choose another target account');
}

function notAllowed({ isAllowed, clientId }: TransferAccount): DomainError | null {
  if (isAllowed) return null;
  return refused(
    'transfer_not_allowed',
    source,
    `client ${clientId} does not allow transfers: set its field “Transfers allowed” to yes, or that of its customer class`,
  );
}

function ofWrongKind(from: TransferAccount, to: TransferAccount): DomainError | null {
  if (from.kind !== 'subordinate' && to.kind !== 'subordinate') return null;
  return refused(
    'transfer_kind',
    from.kind === 'subordinate' ? source : target,
    "a subordinate account uses the client's balance: choose a debit or credit account",
  );
}

function ofInactive(from: TransferAccount, to: TransferAccount, isUndo: boolean): DomainError | null {
  const inactive = [from, to].find(({ status }) => status !== 'active');
  if (inactive) {
    const remedy = inactive.status === 'blocked' ? 'unblock it, or choose another account' : 'choose another account';
    return refused(
      'transfer_inactive',
      inactive === from ? source : target,
      `account ${inactive.externalId} is ${inactive.status}: ${remedy}`,
    );
  }
  if (!to.isExpired || isUndo) return null;
  return refused(
    'transfer_inactive',
    target,
    `account ${to.externalId} has expired: extend it, or choose another account`,
  );
}

function toOtherClient(from: TransferAccount, to: TransferAccount, acrossClients: boolean): DomainError | null {
  if (from.clientId === to.clientId) return null;
  if (!acrossClients || from.resellerId !== to.resellerId) {
    return refused(
      'transfer_other_client',
      target,
      acrossClients
        ? 'the accounts belong to clients of different resellers: choose an account within the same reseller'
        : 'the accounts belong to different clients: choose an account of the same client, or allow transfers across ' +
            'clients in the installation settings',
    );
  }
  if (to.isAllowed) return null;
  return refused(
    'transfer_other_client',
    target,
    `client ${to.clientId} does not allow transfers: both clients must allow them`,
  );
}

function ofCurrency(from: TransferAccount, to: TransferAccount, currency: string): DomainError | null {
  if (from.currency !== to.currency) {
    return refused(
      'currency_mismatch',
      target,
      `the accounts are in ${from.currency} and ${to.currency}: choose a target account in ${from.currency}`,
    );
  }
  if (currency === from.currency) return null;
  return refused('currency_mismatch', '/currency', `the accounts are in ${from.currency}: send the amount in it`);
}

function ofAmount({ amount, currency }: TransferTerms): DomainError | null {
  if (amount <= 0n) return refused('transfer_amount', '/amount', 'the amount must be more than 0');
  if (fitsMinorDigits(amount, currency)) return null;
  return refused(
    'transfer_amount',
    '/amount',
    `the amount must be in whole units of the smallest coin of ${currency}: remove the further decimals`,
  );
}

function aboveDailyLimit({ dailyLimit, sentToday, currency }: TransferAccount, amount: Micros): DomainError | null {
  if (dailyLimit === null || sentToday + amount <= dailyLimit) return null;
  const left = dailyLimit > sentToday ? dailyLimit - sentToday : 0n;
  return refused(
    'transfer_daily_limit',
    '/amount',
    `the account may transfer ${moneyWithCurrency(left, currency)} more today, of ` +
      `${moneyWithCurrency(dailyLimit, currency)} a day: reduce the amount, or raise its daily limit`,
  );
}

function beyondFunds(from: TransferAccount, amount: Micros): DomainError | null {
  const available = accountAvailable(from);
  if (amount <= available) return null;
  return refused(
    'insufficient_funds',
    '/amount',
    `the account has ${moneyWithCurrency(available, from.currency)} available: reduce the amount, or record a payment ` +
      'to the account first',
  );
}
