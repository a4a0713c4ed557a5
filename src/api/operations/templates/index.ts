import type { Operation } from '../../contract/operation.js';
import { createMailTemplateOperation } from './create-mail-template.js';
import { deleteMailTemplateOperation } from './delete-mail-template.js';
import {
  discardMailTemplateDraftOperation,
  publishMailTemplateOperation,
  restoreMailTemplateVersionOperation,
  saveMailTemplateDraftOperation,
} from './draft-mail-template.js';
import { listMailKindsOperation, listBuiltInTemplatesOperation } from './list-mail-kinds.js';
import { listMailTemplateVersionsOperation, readMailTemplateUseOperation } from './read-mail-template-history.js';
import { sendTestEmailOperation } from './send-test-email.js';
import { listMailTemplatesOperation } from './list-mail-templates.js';
import { readMailTemplateOperation } from './read-mail-template.js';
import { renderMailTemplateOperation } from './render-mail-template.js';
import { replaceMailTemplateOperation } from './replace-mail-template.js';
import { listMailVariablesOperation } from './list-mail-variables.js';

export const templateOperations: readonly Operation[] = [
  listMailTemplatesOperation,
  createMailTemplateOperation,
  renderMailTemplateOperation,
  sendTestEmailOperation,
  // before the one with an id, whose path would take this one in
  listMailVariablesOperation,
  listMailKindsOperation,
  listBuiltInTemplatesOperation,
  readMailTemplateOperation,
  replaceMailTemplateOperation,
  deleteMailTemplateOperation,
  saveMailTemplateDraftOperation,
  discardMailTemplateDraftOperation,
  publishMailTemplateOperation,
  listMailTemplateVersionsOperation,
  restoreMailTemplateVersionOperation,
  readMailTemplateUseOperation,
];
