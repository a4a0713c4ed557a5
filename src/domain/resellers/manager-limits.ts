import type { ClientFieldName } from '../clients/client-fields.js';

/**
 * What users and API keys of a manager may do, whatever their role, and the reason for each refusal. A manager is responsible for a
 * group of clients of a reseller, has no balance, and owns nothing. What is not named is refused, so an operation, a field, or
 * a kind of job that is added is not a manager's by default.
 */

const noTransactions =
  'a manager has no balance and makes no transactions: ask the reseller that the manager works for';
const noInvoices = 'a manager issues and changes no invoices: ask the reseller that the manager works for';
const noLimit = 'a manager changes no permanent credit limit: grant temporary credit instead, or ask the reseller';
const noRates = 'a manager has no rate tables: neither for origination, nor for termination';
const noParent = 'a manager has no sub-resellers and no managers below';
const noOwner = 'a manager owns nothing that clients use: it is created for the reseller that the manager works for';
const noTerms = 'a manager changes contacts, tags, and status of clients, not their terms';

const noOther =
  'a manager is responsible for clients and changes nothing else: ask the reseller that the manager works for';

type Refusals = Readonly<Record<string, string>>;

/** Operations that change something, by their id. */
export const managerOperations: readonly string[] = [
  ...['updateClient', 'setPanelPassword', 'inviteToPanel', 'clearBouncedAddress', 'resendDelivery'],
  ...['checkNow', 'pauseMonitor', 'resumeMonitor', 'startMonitor', 'restartMonitor', 'resetRule'],
  ...['silenceMonitor', 'createSilence', 'updateSilence', 'expireSilence'],
  ...['grantTemporaryCredit', 'changeTemporaryCredit', 'cancelTemporaryCredit'],
  ...['createCreditRequest', 'withdrawCreditRequest', 'approveCreditRequest', 'refuseCreditRequest'],
  ...['resolveEvent', 'resolveEvents', 'startJob', 'cancelJob', 'retryJob'],
  ...['createView', 'updateView', 'deleteView', 'sendTestEmail', 'updateReseller'],
  ...['createUser', 'updateUser', 'deleteUser', 'setUserPassword', 'inviteUser', 'resetSecondFactor'],
  ...['createApiKey', 'revokeApiKey'],
];

/** Why an operation is refused, by its id; others are refused because a manager changes nothing else. */
export const managerRefusals: Refusals = {
  ...refused(noTransactions, [
    ...['postPayment', 'postClientPayment', 'postCharge', 'postAdjustment'],
    ...['postPaymentBatch', 'postChargeBatch', 'postAdjustmentBatch', 'createRefund', 'createReversal'],
    ...['createTransfer', 'undoTransfer', 'createCardPayment', 'postResellerPayment', 'postResellerAdjustment'],
    ...['recordCompanyEntry', 'createWebhookSource', 'changeWebhookSource', 'rotateWebhookSecret'],
    ...['startCardRegistration', 'finishCardRegistration', 'removeCard', 'unfreezeAutoPayment'],
  ]),
  ...refused(noInvoices, [
    ...['createInvoice', 'updateInvoice', 'issueInvoice', 'voidInvoice', 'deleteInvoice', 'createCreditNote'],
    ...['setLastInvoiced', 'setInvoiceNumbers'],
  ]),
  ...refused(noLimit, ['setCreditLimit']),
  ...refused(noRates, [
    ...['createRateTable', 'updateRateTable', 'deleteRateTable', 'recordRateExport'],
    ...['createAgreement', 'updateAgreement', 'deleteAgreement', 'sendRateNotifications'],
    ...['createTableRate', 'updateTableRate', 'deleteTableRate', 'uploadRateImport', 'startRateImport'],
  ]),
  ...refused(noParent, ['createReseller', 'moveReseller', 'deleteReseller', 'restoreReseller']),
  ...refused(noOwner, [
    ...['createProfile', 'createClientTemplate', 'createMailTemplate', 'createTaxProfile', 'createPaymentTerms'],
    ...['createCustomerClass', 'createInvoiceTemplate', 'createPaymentGateway', 'createCompany'],
  ]),
  ...refused(noTerms, [
    ...['createClient', 'deleteClient', 'restoreClient', 'fullDeleteClient', 'uploadImport'],
    ...[
      'applyClientTemplate',
      'detachClient',
      'detachClientTemplate',
      'assignProfile',
      'createAccount',
      'updateAccount',
    ],
  ]),
};

/** Fields of a client: contacts, and what a manager sorts clients by. */
export const managerFields = [
  ...([
    'companyName',
    'mainEmail',
    'nocEmail',
    'billingEmail',
    'ratesEmail',
    'ownerEmail',
    'address',
    'zipCode',
  ] as const),
  ...(['accountDetails', 'locale', 'clientPanel', 'panelLogin', 'tags', 'status'] as const),
] as const satisfies readonly ClientFieldName[];

/** Why a field is refused, by its name; others are terms. */
export const managerFieldRefusals: Refusals = {
  ...refused(noLimit, ['creditLimit', 'balanceModel']),
  ...refused(noTransactions, ['openingBalance', 'autoPayment', 'autoPaymentExtraAmount', 'autoPaymentThreshold']),
  ...refused(noRates, ['originationRateTableId', 'terminationRateTableId']),
};

/** Kinds of jobs, which do the same for many clients. */
export const managerJobs: readonly string[] = [
  ...[
    'check_now',
    'silence',
    'pause',
    'resume',
    'add_tags',
    'remove_tags',
    'replace_tags',
    'set_status',
    'grant_credit',
  ],
];

/** Why a kind of job is refused; others are terms. */
export const managerJobRefusals: Refusals = {
  ...refused(noLimit, ['set_credit_limit']),
  ...refused(noInvoices, ['invoice_now', 'set_last_invoiced']),
};

function refused(reason: string, names: readonly string[]): Refusals {
  return Object.fromEntries(names.map((name) => [name, reason]));
}

interface Asked {
  readonly id: string;
  readonly method: string;
  /** null or `any`: it is of everyone, or of the caller's own account */
  readonly scope: string | null;
}

/** Why a manager may not call an operation; null: it may. Reading is never refused. */
export function refusedOperation({ id, method, scope }: Asked): string | null {
  if (Object.hasOwn(managerRefusals, id)) return managerRefusals[id] ?? noOther;
  const isOfAnyone = scope === null || scope === 'any' || scope.endsWith(':read');
  return method === 'get' || isOfAnyone || managerOperations.includes(id) ? null : noOther;
}

/** Why a manager may not change a field of a client to a value; null: it may. */
export function refusedField(name: string, value: unknown): string | null {
  const isOfManager = (managerFields as readonly string[]).includes(name);
  if (isOfManager && !(name === 'status' && value === 'deleted')) return null;
  return Object.hasOwn(managerFieldRefusals, name) ? (managerFieldRefusals[name] ?? noTerms) : noTerms;
}

/** Why a manager may not start a kind of job; null: it may. */
export function refusedJob(kind: string): string | null {
  if (managerJobs.includes(kind)) return null;
  return Object.hasOwn(managerJobRefusals, kind) ? (managerJobRefusals[kind] ?? noTerms) : noTerms;
}
