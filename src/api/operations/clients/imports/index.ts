import type { Operation } from '../../../contract/operation.js';
import { checkImportOperation } from './check-import.js';
import { deleteImportOperation } from './delete-import.js';
import { downloadRejectsOperation } from './download-rejects.js';
import { listImportsOperation } from './list-imports.js';
import { listRejectedRowsOperation } from './list-rejected-rows.js';
import { mapImportOperation } from './map-import.js';
import { readImportOperation } from './read-import.js';
import { startImportOperation } from './start-import.js';
import { uploadImportOperation } from './upload-import.js';

export const importOperations: readonly Operation[] = [
  uploadImportOperation,
  listImportsOperation,
  readImportOperation,
  mapImportOperation,
  checkImportOperation,
  listRejectedRowsOperation,
  downloadRejectsOperation,
  startImportOperation,
  deleteImportOperation,
];
