import type { Operation } from '../../contract/operation.js';
import { listEventsOperation } from './list-events.js';
import { readEventOperation } from './read-event.js';
import { resolveEventOperation } from './resolve-event.js';

export const eventOperations: readonly Operation[] = [listEventsOperation, readEventOperation, resolveEventOperation];
