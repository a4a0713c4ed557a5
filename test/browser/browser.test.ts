import './journeys/access/login.js';
import './journeys/access/accounts.js';
import './journeys/notifications/low-balance.js';
import './journeys/notifications/profiles.js';
import './journeys/clients/clients.js';
import './journeys/clients/client-page.js';
import './journeys/clients/imports.js';
import './journeys/clients/jobs.js';
import './journeys/notifications/notifications.js';
import './journeys/notifications/events.js';
import './journeys/billing/cards.js';
import './journeys/billing/companies.js';
import './journeys/billing/payments.js';
import './journeys/billing/invoices.js';
import './journeys/billing/rates.js';
import './journeys/access/resellers.js';
import './journeys/access/keys.js';
import './journeys/clients/panel.js';
import './journeys/notifications/webhooks.js';
import './journeys/notifications/channels.js';
import './journeys/notifications/silences.js';
import './journeys/notifications/bounces.js';
import './journeys/pages/api-docs.js';
import './journeys/pages/every-page.js';
import './journeys/pages/frame.js';
import './journeys/pages/overview.js';
import './journeys/pages/tasks.js';
import { clearStage, setStage } from './support/stage.js';

/**
 * The ways of users through the page, in a real browser, against all of Lowwater. One file, so that they run one after the
 * other on one stack: `npm test -- --selectProjects browser -t 'throttled'` runs one of them.
 */

jest.setTimeout(120_000);

beforeAll(setStage);
afterAll(clearStage);
