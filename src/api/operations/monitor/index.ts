import type { Operation } from '../../operation.js';

export const monitorOperations: readonly Operation[] = [];
