import type { Operation } from '../../contract/operation.js';
import { livez, metricsText, readyz } from './health.js';
import { readHealthSummary } from './health-summary.js';
import { readMeta } from './meta.js';

export const systemOperations: readonly Operation[] = [livez, readyz, metricsText, readMeta, readHealthSummary];
