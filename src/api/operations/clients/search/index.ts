import type { Operation } from '../../../contract/operation.js';
import { searchOperation } from './search.js';

export const searchOperations: readonly Operation[] = [searchOperation];
