import type { Operation } from '../../operation.js';
import { listAlerts } from './list.js';

export const alertOperations: readonly Operation[] = [listAlerts];
