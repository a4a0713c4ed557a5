import type { Operation } from '../../operation.js';

export const keyOperations: readonly Operation[] = [];
