import { defineSharedRead } from '../../resellers/shared-operations.js';
import { agreementApi } from './schema.js';

export const readAgreementOperation = defineSharedRead(agreementApi, 'readAgreement');
