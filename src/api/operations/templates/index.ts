import type { Operation } from '../../contract/operation.js';
import { createMailTemplate } from './create.js';
import { deleteMailTemplate } from './delete.js';
import { listMailTemplates } from './list.js';
import { readMailTemplate } from './read.js';
import { renderMailTemplate } from './render.js';
import { replaceMailTemplate } from './replace.js';
import { listMailVariables } from './variables.js';

export const templateOperations: readonly Operation[] = [
  listMailTemplates,
  createMailTemplate,
  renderMailTemplate,
  // before the one with an id, whose path would take this one in
  listMailVariables,
  readMailTemplate,
  replaceMailTemplate,
  deleteMailTemplate,
];
