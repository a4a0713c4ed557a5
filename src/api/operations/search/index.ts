import type { Operation } from '../../contract/operation.js';
import { search } from './search.js';

export const searchOperations: readonly Operation[] = [search];
