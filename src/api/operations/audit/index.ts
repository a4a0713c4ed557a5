import type { Operation } from '../../operation.js';
import { listAudit } from './list.js';

export const auditOperations: readonly Operation[] = [listAudit];
