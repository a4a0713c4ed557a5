import type { Operation } from '../../operation.js';
import { search } from './search.js';

export const searchOperations: readonly Operation[] = [search];
