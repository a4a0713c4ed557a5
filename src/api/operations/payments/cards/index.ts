import type { Operation } from '../../../contract/operation.js';
import { createCardPaymentOperation } from './create-card-payment.js';
import { finishCardRegistrationOperation } from './finish-card-registration.js';
import { listCardPaymentsOperation } from './list-card-payments.js';
import { readAutoPaymentOperation } from './read-auto-payment.js';
import { readCardPaymentOperation } from './read-card-payment.js';
import { removeCardOperation } from './remove-card.js';
import { startCardRegistrationOperation } from './start-card-registration.js';
import { unfreezeAutoPaymentOperation } from './unfreeze-auto-payment.js';

export const cardPaymentOperations: readonly Operation[] = [
  readAutoPaymentOperation,
  unfreezeAutoPaymentOperation,
  startCardRegistrationOperation,
  finishCardRegistrationOperation,
  removeCardOperation,
  createCardPaymentOperation,
  listCardPaymentsOperation,
  readCardPaymentOperation,
];
