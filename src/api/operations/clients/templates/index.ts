import type { Operation } from '../../../contract/operation.js';
import {
  applyClientTemplateOperation,
  detachClientOperation,
  previewApplyClientTemplateOperation,
} from './apply-client-template.js';
import { createClientTemplateOperation } from './create-client-template.js';
import { deleteClientTemplateOperation, detachClientTemplateOperation } from './delete-client-template.js';
import { listClientTemplatesOperation } from './list-client-templates.js';
import { previewClientTemplateOperation } from './preview-client-template.js';
import { readClientTemplateOperation } from './read-client-template.js';
import { updateClientTemplateOperation } from './update-client-template.js';

export const clientTemplateOperations: readonly Operation[] = [
  listClientTemplatesOperation,
  createClientTemplateOperation,
  readClientTemplateOperation,
  updateClientTemplateOperation,
  previewClientTemplateOperation,
  detachClientTemplateOperation,
  deleteClientTemplateOperation,
  previewApplyClientTemplateOperation,
  applyClientTemplateOperation,
  detachClientOperation,
];
