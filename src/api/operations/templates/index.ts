import type { Operation } from '../../operation.js';

export const templateOperations: readonly Operation[] = [];
