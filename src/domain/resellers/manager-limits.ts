/**
 * What users and API keys of a manager may not do, whatever their role, each with the reason. A manager is responsible for a group
 * of clients of a reseller, has no balance, and owns nothing.
 */

const noTransactions =
  'a manager has no balance and makes no transactions: ask the reseller that the manager works for';
const noInvoices = 'a manager issues and changes no invoices: ask the reseller that the manager works for';
const noLimit = 'a manager changes no permanent credit limit: grant temporary credit instead, or ask the reseller';
const noRates = 'a manager has no rate tables: neither for origination, nor for termination';
const noParent = 'a manager has no sub-resellers and no managers below';
const noOwner = 'a manager owns nothing that clients use: it is created for the reseller that the manager works for';
const noTerms = 'a manager changes contacts, tags, and status of clients, not their terms';

type Refusals = Readonly<Record<string, string>>;

/** By the id of the operation. */
export const managerRefusals: Refusals = {
  ...refused(noTransactions, [
    ...['postPayment', 'postClientPayment', 'postCharge', 'postAdjustment'],
    ...['postPaymentBatch', 'postChargeBatch', 'postAdjustmentBatch', 'createRefund', 'createReversal'],
    ...['createTransfer', 'undoTransfer', 'createCardPayment', 'postResellerPayment', 'postResellerAdjustment'],
    ...['recordCompanyEntry'],
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
    'createClient',
    'deleteClient',
    'applyClientTemplate',
    'detachClient',
    'uploadImport',
    'fullDeleteClient',
  ]),
};

/** Fields of a client, by their name. */
export const managerFieldRefusals: Refusals = {
  ...refused(noLimit, ['creditLimit', 'balanceModel']),
  ...refused(noTransactions, ['openingBalance']),
  ...refused(noRates, ['originationRateTableId', 'terminationRateTableId']),
  ...refused(noTerms, [
    ...['resellerId', 'managerId', 'currency', 'clientTemplateId', 'taxProfileId', 'paymentTermsId'],
    ...['invoiceTemplateId', 'customerClassId', 'agreementId'],
  ]),
};

/** Kinds of jobs, which do the same for many clients. */
export const managerJobRefusals: Refusals = {
  ...refused(noLimit, ['set_credit_limit']),
  ...refused(noInvoices, ['invoice_now']),
  ...refused(noTerms, ['set_manager', 'set_payment_terms']),
};

function refused(reason: string, names: readonly string[]): Refusals {
  return Object.fromEntries(names.map((name) => [name, reason]));
}

/** Null: a manager may. */
export function refusalIn(refusals: Refusals, name: string): string | null {
  return Object.hasOwn(refusals, name) ? (refusals[name] ?? null) : null;
}
