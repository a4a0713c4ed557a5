import type { Operation } from '../../contract/operation.js';
import { createKey } from './create.js';
import { listKeys, readKey } from './list.js';
import { revokeKey } from './revoke.js';

export const keyOperations: readonly Operation[] = [listKeys, createKey, readKey, revokeKey];
