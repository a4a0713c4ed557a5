import type { Operation } from '../../operation.js';

export const notificationOperations: readonly Operation[] = [];
