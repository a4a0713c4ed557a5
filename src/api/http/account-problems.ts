/** What can be wrong with accounts and transfers, as part of `problemSpecs`. */
export const accountProblems = {
  account_closed: {
    status: 409,
    title: 'Account closed',
    remedy: 'Use another account. A closed account accepts no changes and no ledger entries.',
  },
  account_not_empty: {
    status: 409,
    title: 'Account has a balance',
    remedy: 'Transfer the balance to another account or adjust it to zero, then close the account.',
  },
  transfer_same_account: { status: 422, title: 'Same account', remedy: 'Choose another target account.' },
  transfer_not_allowed: {
    status: 409,
    title: 'Transfers not allowed',
    remedy: 'Allow transfers for the client of the source account, or for its customer class.',
  },
  transfer_kind: {
    status: 409,
    title: 'Account kind without transfers',
    remedy: "Choose debit or credit accounts. A subordinate account uses the client's balance.",
  },
  transfer_inactive: {
    status: 409,
    title: 'Account not active',
    remedy: 'Unblock or extend the account, or choose another one.',
  },
  transfer_other_client: {
    status: 409,
    title: 'Account of another client',
    remedy: 'Choose an account of the same client, or allow transfers across clients and for both clients.',
  },
  transfer_amount: {
    status: 422,
    title: 'Amount not transferable',
    remedy: 'Send an amount above 0, without more decimals than the currency has.',
  },
  transfer_daily_limit: {
    status: 409,
    title: 'Above the daily transfer limit',
    remedy: 'Reduce the amount, wait for the next day, or raise the limit of the account.',
  },
  transfer_undone: { status: 409, title: 'Transfer already undone', remedy: 'Record a new transfer instead.' },
} as const;
