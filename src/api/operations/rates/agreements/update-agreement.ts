import { updateAgreement } from '../../../../services/rates/agreements/agreements.js';
import { defineSharedChange } from '../../resellers/shared-operations.js';
import { agreementApi, agreementPatch } from './schema.js';

export const updateAgreementOperation = defineSharedChange(agreementApi, {
  id: 'updateAgreement',
  description:
    '`terms` are replaced whole. Notifications that wait keep their time; the next change of rates moves them.',
  body: agreementPatch,
  example: { hour: 10 },
  change: updateAgreement,
});
