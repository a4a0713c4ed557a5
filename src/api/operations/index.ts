import { isListOperation } from '../contract/define-list.js';
import type { Operation } from '../contract/operation.js';
import { accountOperations } from './accounts/index.js';
import { auditOperations } from './system/audit/index.js';
import { clientTemplateOperations } from './clients/templates/index.js';
import { clientOperations } from './clients/index.js';
import { customerClassOperations } from './clients/classes/index.js';
import { importOperations } from './clients/imports/index.js';
import { companyOperations } from './companies/index.js';
import { creditOperations } from './credit/index.js';
import { eventOperations } from './events/index.js';
import { invoicingOperations } from './invoicing/index.js';
import { jobOperations } from './jobs/index.js';
import { keyOperations } from './access/keys/index.js';
import { panelOperations } from './panel/index.js';
import { paymentTermsOperations } from './invoicing/payment-terms/index.js';
import { invoiceTemplateOperations } from './invoicing/invoice-templates/index.js';
import { taxProfileOperations } from './invoicing/tax-profiles/index.js';
import { ledgerOperations } from './ledger/index.js';
import { meOperations } from './access/me/index.js';
import { monitorOperations } from './monitoring/index.js';
import { channelOperations } from './notifications/channels/index.js';
import { notificationOperations } from './notifications/index.js';
import { overviewOperations } from './monitoring/overview/index.js';
import { profileOperations } from './profiles/index.js';
import { rateOperations } from './rates/index.js';
import { agreementOperations } from './rates/agreements/index.js';
import { rateNotificationOperations } from './rates/notifications/index.js';
import { rateImportOperations } from './rates/import/index.js';
import { rateTableOperations } from './rates/tables/index.js';
import { reportOperations } from './reports/index.js';
import { requestOperations } from './system/requests/index.js';
import { resellerOperations } from './resellers/index.js';
import { searchOperations } from './clients/search/index.js';
import { sessionOperations } from './access/session/index.js';
import { streamOperations } from './system/stream/index.js';
import { silenceOperations } from './silences/index.js';
import { systemOperations } from './system/index.js';
import { openApiOperation } from './system/openapi-document.js';
import { templateOperations } from './templates/index.js';
import { userOperations } from './access/users/index.js';
import { viewOperations } from './clients/views/index.js';
import { cardPaymentOperations } from './payments/cards/index.js';
import { paymentGatewayOperations } from './payments/gateways/index.js';
import { webhookOperations } from './payments/index.js';

/** The operations of all areas, without the files of the lists. */
const declared: readonly Operation[] = [
  ...systemOperations,
  openApiOperation(() => operations),
  ...profileOperations,
  ...clientOperations,
  ...clientTemplateOperations,
  ...customerClassOperations,
  ...paymentTermsOperations,
  ...taxProfileOperations,
  ...invoiceTemplateOperations,
  ...ledgerOperations,
  ...invoicingOperations,
  ...reportOperations,
  ...accountOperations,
  ...companyOperations,
  ...monitorOperations,
  ...silenceOperations,
  ...creditOperations,
  ...notificationOperations,
  ...channelOperations,
  ...templateOperations,
  ...rateOperations,
  ...agreementOperations,
  ...rateTableOperations,
  ...rateImportOperations,
  ...rateNotificationOperations,
  ...resellerOperations,
  ...userOperations,
  ...sessionOperations(() => operations),
  ...meOperations(() => operations),
  ...keyOperations,
  ...webhookOperations,
  ...paymentGatewayOperations,
  ...cardPaymentOperations,
  ...auditOperations,
  ...eventOperations,
  ...jobOperations,
  ...importOperations,
  ...overviewOperations,
  ...searchOperations,
  ...viewOperations,
  ...streamOperations,
  ...requestOperations,
  ...panelOperations,
];

/** Every operation of the API. A route that is not listed here does not exist; one that is, is in /openapi.json. */
export const operations: readonly Operation[] = [
  ...declared,
  ...declared.flatMap((operation) =>
    isListOperation(operation) && operation.files ? Object.values(operation.files) : [],
  ),
];
