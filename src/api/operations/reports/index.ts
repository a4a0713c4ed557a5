import type { Operation } from '../../contract/operation.js';
import { balanceReportOperation } from './balance-report.js';
import { summaryReportOperation } from './summary-report.js';

export const reportOperations: readonly Operation[] = [balanceReportOperation, summaryReportOperation];
