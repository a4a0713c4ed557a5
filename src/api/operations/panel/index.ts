import type { Operation } from '../../contract/operation.js';
import { inviteToPanelOperation } from './access/invite-to-panel.js';
import { readPanelAccessOperation } from './access/read-panel-access.js';
import { setPanelPasswordOperation } from './access/set-panel-password.js';
import {
  finishPanelCardOperation,
  readPanelCardOperation,
  removePanelCardOperation,
  startPanelCardOperation,
} from './cards/card.js';
import {
  listPanelCardPaymentsOperation,
  payPanelCardOperation,
  readPanelCardPaymentOperation,
} from './cards/payments.js';
import {
  listPanelInvoicesOperation,
  readPanelInvoiceOperation,
  readPanelInvoicePdfOperation,
} from './data/invoices.js';
import { listPanelChargesOperation } from './data/list-panel-charges.js';
import { listPanelPaymentsOperation } from './data/list-panel-payments.js';
import { listPanelNoticesOperation, readPanelNoticeOperation } from './data/notices.js';
import { readPanelBalanceOperation } from './data/read-panel-balance.js';
import {
  createPanelTransferOperation,
  listPanelAccountsOperation,
  listPanelTransfersOperation,
} from './data/transfers.js';
import { changePanelPasswordOperation } from './session/change-panel-password.js';
import { confirmBillingEmailOperation } from './session/confirm-billing-email.js';
import { logInToPanelOperation } from './session/log-in-to-panel.js';
import { logOutOfPanelOperation } from './session/log-out-of-panel.js';
import { readPanelLinkOperation } from './session/read-panel-link.js';
import { readPanelSessionOperation } from './session/read-panel-session.js';
import { requestPanelResetOperation } from './session/request-panel-reset.js';
import { usePanelLinkOperation } from './session/use-panel-link.js';
import {
  changePanelContactsOperation,
  readPanelContactsOperation,
  requestBillingEmailOperation,
  withdrawBillingEmailOperation,
} from './settings/contacts.js';
import { changePanelThresholdsOperation, readPanelThresholdsOperation } from './settings/thresholds.js';

/** The client panel: what staff set of it, and what its users do. */
export const panelOperations: readonly Operation[] = [
  readPanelAccessOperation,
  setPanelPasswordOperation,
  inviteToPanelOperation,
  logInToPanelOperation,
  readPanelSessionOperation,
  logOutOfPanelOperation,
  changePanelPasswordOperation,
  requestPanelResetOperation,
  readPanelLinkOperation,
  usePanelLinkOperation,
  confirmBillingEmailOperation,
  readPanelBalanceOperation,
  listPanelNoticesOperation,
  readPanelNoticeOperation,
  listPanelPaymentsOperation,
  listPanelChargesOperation,
  listPanelInvoicesOperation,
  readPanelInvoiceOperation,
  readPanelInvoicePdfOperation,
  listPanelAccountsOperation,
  listPanelTransfersOperation,
  createPanelTransferOperation,
  readPanelCardOperation,
  startPanelCardOperation,
  finishPanelCardOperation,
  removePanelCardOperation,
  listPanelCardPaymentsOperation,
  readPanelCardPaymentOperation,
  payPanelCardOperation,
  readPanelContactsOperation,
  changePanelContactsOperation,
  requestBillingEmailOperation,
  withdrawBillingEmailOperation,
  readPanelThresholdsOperation,
  changePanelThresholdsOperation,
];
