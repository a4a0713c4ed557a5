import { createAgreement } from '../../../../services/rates/agreements/agreements.js';
import { defineSharedCreation } from '../../resellers/shared-operations.js';
import { agreementApi, agreementBody, agreementExample } from './schema.js';

export const createAgreementOperation = defineSharedCreation(agreementApi, {
  id: 'createAgreement',
  description: 'Days and hour of its notifications, and how long before they take effect rates are told.',
  body: agreementBody,
  example: agreementExample,
  create: createAgreement,
});
