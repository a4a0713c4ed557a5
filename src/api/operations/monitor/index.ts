import type { Operation } from '../../contract/operation.js';
import { checkNow } from './check-now.js';
import { explainClient } from './explain.js';
import { listChecks } from './list-checks.js';
import { listRules } from './list-rules.js';
import { pauseMonitor, resumeMonitor } from './pause.js';
import { readMonitor } from './read.js';
import { resetRule } from './reset-rule.js';
import { restartMonitor, startMonitor } from './restart.js';
import { silenceMonitor } from './silence.js';

export const monitorOperations: readonly Operation[] = [
  readMonitor,
  checkNow,
  pauseMonitor,
  resumeMonitor,
  silenceMonitor,
  startMonitor,
  restartMonitor,
  explainClient,
  listRules,
  resetRule,
  listChecks,
];
