import type { Operation } from '../../contract/operation.js';
import { createSilenceOperation } from './create-silence.js';
import { expireSilenceOperation } from './expire-silence.js';
import { listSilencesOperation } from './list-silences.js';
import { previewSilenceOperation } from './preview-silence.js';
import { readSilenceOperation } from './read-silence.js';
import { updateSilenceOperation } from './update-silence.js';

export const silenceOperations: readonly Operation[] = [
  listSilencesOperation,
  createSilenceOperation,
  previewSilenceOperation,
  readSilenceOperation,
  updateSilenceOperation,
  expireSilenceOperation,
];
