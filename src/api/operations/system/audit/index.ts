import type { Operation } from '../../../contract/operation.js';
import { listAuditOperation } from './list-audit.js';

export const auditOperations: readonly Operation[] = [listAuditOperation];
