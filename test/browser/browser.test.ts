import './journeys/login.js';
import './journeys/accounts.js';
import './journeys/low-balance.js';
import './journeys/profiles.js';
import './journeys/clients.js';
import './journeys/client-page.js';
import './journeys/imports.js';
import './journeys/jobs.js';
import './journeys/notifications.js';
import './journeys/events.js';
import './journeys/cards.js';
import './journeys/companies.js';
import './journeys/payments.js';
import './journeys/invoices.js';
import './journeys/resellers.js';
import './journeys/keys.js';
import './journeys/panel.js';
import './journeys/webhooks.js';
import './journeys/api-docs.js';
import './journeys/every-page.js';
import './journeys/frame.js';
import './journeys/overview.js';
import { clearStage, setStage } from './support/stage.js';

/**
 * The ways of users through the page, in a real browser, against all of Lowwater. One file, so that they run one after the
 * other on one stack: `npm test -- --selectProjects browser -t 'throttled'` runs one of them.
 */

jest.setTimeout(120_000);

beforeAll(setStage);
afterAll(clearStage);
