import type { Operation } from '../../operation.js';

export const auditOperations: readonly Operation[] = [];
