import { markProcess } from '../../../src/cli/process/processes.js';
import { createFileLock } from './marked-lock.cjs';

export const { withFileLock, tryFileLock } = createFileLock(markProcess);
