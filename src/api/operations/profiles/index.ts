import type { Operation } from '../../operation.js';

export const profileOperations: readonly Operation[] = [];
