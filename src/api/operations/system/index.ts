import type { Operation } from '../../contract/operation.js';
import { livez, metricsText, readyz } from './health.js';
import { readHealthSummaryOperation } from './read-health-summary.js';
import { readMetaOperation } from './read-meta.js';
import { taskOperations } from './tasks/index.js';
import { settingsOperations } from './settings/index.js';

export const systemOperations: readonly Operation[] = [
  livez,
  readyz,
  metricsText,
  readMetaOperation,
  readHealthSummaryOperation,
  ...settingsOperations,
  ...taskOperations,
];
