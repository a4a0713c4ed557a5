import type { Queries } from '../../../src/storage/system/database.js';

/**
 * The walk of tenancy.test.ts once more, with a scope helper that forgets the scope: every statement that relies on it
 * asks for everything, and row-level security alone keeps what is a sibling's out of sight and out of reach.
 */
jest.mock('../../../src/storage/system/tenancy', () => ({
  visibleClient: (q: Queries) => q`true`,
  visibleClients: (q: Queries) => q`true`,
  visibleReseller: (q: Queries) => q`true`,
  isVisibleReseller: async () => true,
  subtree: (q: Queries) => q`select id from resellers`,
}));

import { tenancyTests } from '../../support/api/tenancy-tests.js';

// A write that only the database refuses is a fault of ours, so its answer is 500; nothing was changed.
tenancyTests((reply) => expect([404, 500]).toContain(reply.status));
