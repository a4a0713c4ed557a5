import type { Operation } from '../../operation.js';
import { openStream } from './open.js';

export const streamOperations: readonly Operation[] = [openStream];
