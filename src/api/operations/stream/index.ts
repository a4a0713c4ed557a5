import type { Operation } from '../../contract/operation.js';
import { openStream } from './open.js';

export const streamOperations: readonly Operation[] = [openStream];
