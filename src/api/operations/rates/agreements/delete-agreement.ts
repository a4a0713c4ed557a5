import { defineSharedDeletion } from '../../resellers/shared-operations.js';
import { agreementApi } from './schema.js';

export const deleteAgreementOperation = defineSharedDeletion(agreementApi, 'deleteAgreement');
