import type { Operation } from '../../contract/operation.js';
import { listAudit } from './list.js';

export const auditOperations: readonly Operation[] = [listAudit];
