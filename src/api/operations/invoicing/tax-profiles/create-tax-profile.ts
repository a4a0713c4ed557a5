import { createShared } from '../../../../services/shared-record.js';
import { defineSharedCreation } from '../../resellers/shared-operations.js';
import { taxProfileApi, taxProfileBody, taxProfileExample } from './schema.js';

export const createTaxProfileOperation = defineSharedCreation(taxProfileApi, {
  id: 'createTaxProfile',
  body: taxProfileBody,
  example: taxProfileExample,
  create: (requester, fields, reason) =>
    createShared(requester, taxProfileApi.kind, { ...fields, archived: false }, reason),
});
