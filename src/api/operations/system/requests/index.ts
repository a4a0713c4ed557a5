import type { Operation } from '../../../contract/operation.js';
import { listRequestsOperation } from './list-requests.js';
import { readRequestOperation } from './read-request.js';

export const requestOperations: readonly Operation[] = [listRequestsOperation, readRequestOperation];
