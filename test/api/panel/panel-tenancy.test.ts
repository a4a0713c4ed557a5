import { panelTenancyTests } from '../../support/panel/panel-tenancy-tests.js';

panelTenancyTests();
