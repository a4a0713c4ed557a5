import type { Queries } from '../../../src/storage/system/database.js';

/**
 * The walk of panel-tenancy.test.ts once more, with scope helpers that forget the client: row-level security alone keeps
 * what is of another client out of sight and out of reach.
 */
jest.mock('../../../src/storage/system/tenancy', () => ({
  ownedBy: (q: Queries) => q`true`,
  visibleClient: (q: Queries) => q`true`,
  visibleClients: (q: Queries) => q`true`,
  visibleReseller: (q: Queries) => q`true`,
  isVisibleReseller: async () => true,
  subtree: (q: Queries) => q`select id from resellers`,
}));

import { panelTenancyTests } from '../../support/panel/panel-tenancy-tests.js';

panelTenancyTests();
