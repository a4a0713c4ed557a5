import type { Operation } from '../../../contract/operation.js';
import { createPaymentGatewayOperation } from './create-payment-gateway.js';
import { deletePaymentGatewayOperation } from './delete-payment-gateway.js';
import { listPaymentGatewaysOperation } from './list-payment-gateways.js';
import { readPaymentGatewayOperation } from './read-payment-gateway.js';
import { receiveGatewayWebhookOperation } from './receive-gateway-webhook.js';
import { updatePaymentGatewayOperation } from './update-payment-gateway.js';

export const paymentGatewayOperations: readonly Operation[] = [
  receiveGatewayWebhookOperation,
  listPaymentGatewaysOperation,
  createPaymentGatewayOperation,
  readPaymentGatewayOperation,
  updatePaymentGatewayOperation,
  deletePaymentGatewayOperation,
];
