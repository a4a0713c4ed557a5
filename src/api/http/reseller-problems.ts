/** What can be wrong with resellers and managers, as in `problemSpecs`. */
export const resellerProblems = {
  manager_not_permitted: {
    status: 403,
    title: 'Not for managers',
    remedy: 'Ask the reseller that the manager works for. The detail says why a manager can’t do it.',
  },
  reseller_cycle: { status: 409, title: 'Reseller below itself', remedy: 'Choose a parent outside of the reseller.' },
  reseller_too_deep: { status: 409, title: 'Tree too deep', remedy: 'Choose a parent further up.' },
  reseller_dangling: {
    status: 409,
    title: 'References to records of former parents',
    remedy: 'Send a `mapping` for each of them, or change the clients first. A dry run lists them.',
  },
  own_ledger: {
    status: 403,
    title: 'Ledger of your own reseller',
    remedy: 'Ask the reseller above yours. It keeps this ledger.',
  },
} as const;
