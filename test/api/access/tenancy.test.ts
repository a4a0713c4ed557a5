import { tenancyTests } from '../../support/api/tenancy-tests.js';

tenancyTests((reply) => expect(reply).toBeProblem(404, 'not_found'));
