import type { Operation } from '../../contract/operation.js';
import { listRequests } from './list.js';
import { readRequest } from './read.js';

export const requestOperations: readonly Operation[] = [listRequests, readRequest];
