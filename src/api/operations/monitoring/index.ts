import type { Operation } from '../../contract/operation.js';
import { checkNowOperation } from './check-now.js';
import { explainClientOperation } from './explain-client.js';
import { listCapacityChangesOperation } from './capacity/list-capacity-changes.js';
import { listCapacitiesOperation } from './capacity/list-capacities.js';
import { listChecksOperation } from './list-checks.js';
import { listRulesOperation } from './list-rules.js';
import { pauseMonitor, resumeMonitor } from './pause.js';
import { readMonitorOperation } from './read-monitor.js';
import { resetRuleOperation } from './reset-rule.js';
import { startMonitorOperation } from './start-monitor.js';
import { restartMonitorOperation } from './restart-monitor.js';
import { silenceMonitorOperation } from './silence-monitor.js';

export const monitorOperations: readonly Operation[] = [
  readMonitorOperation,
  checkNowOperation,
  pauseMonitor,
  resumeMonitor,
  silenceMonitorOperation,
  startMonitorOperation,
  restartMonitorOperation,
  explainClientOperation,
  listRulesOperation,
  resetRuleOperation,
  listChecksOperation,
  listCapacityChangesOperation,
  listCapacitiesOperation,
];
