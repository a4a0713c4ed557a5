import { deleteImport } from '../../../../services/clients/imports/delete-import.js';
import { noContent } from '../../../contract/answers.js';
import { defineOperation } from '../../../contract/operation.js';
import { importParams } from './schema.js';

export const deleteImportOperation = defineOperation({
  id: 'deleteImport',
  method: 'delete',
  path: '/v1/imports/{id}',
  area: 'imports',
  summary: 'Delete an uploaded file',
  description: 'Only before the import is started.',
  scope: 'clients:write',
  request: { params: importParams },
  responses: { 204: { description: 'Deleted' } },
  problems: ['conflict'],
  async handler({ params, requester }) {
    await deleteImport(requester, params.id);
    return noContent();
  },
});
