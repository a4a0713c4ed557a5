import type { Operation } from '../../operation.js';
import { listRequests } from './list.js';
import { readRequest } from './read.js';

export const requestOperations: readonly Operation[] = [listRequests, readRequest];
