import { createAgreement } from '../../../../services/rates/agreements/agreements.js';
import { defineSharedCreation } from '../../resellers/shared-operations.js';
import { agreementApi, agreementBody, agreementExample } from './schema.js';

export const createAgreementOperation = defineSharedCreation(agreementApi, {
  id: 'createAgreement',
  description:
    'Sets the days and hour of rate notifications, and how long before a rate takes effect clients are notified of it.',
  body: agreementBody,
  example: agreementExample,
  create: createAgreement,
});
