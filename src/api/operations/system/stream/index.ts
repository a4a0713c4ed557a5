import type { Operation } from '../../../contract/operation.js';
import { openStreamOperation } from './open-stream.js';

export const streamOperations: readonly Operation[] = [openStreamOperation];
