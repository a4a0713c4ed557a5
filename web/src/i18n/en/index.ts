import { enCore } from './core';
import { bounces } from './bounces';
import { cards } from './cards';
import { channels } from './channels';
import { companies } from './companies';
import { developers } from './developers';
import { gateways } from './gateways';
import { imports } from './imports';
import { overview } from './overview';
import { panel } from './panel';
import { rates } from './rates';
import { rateNotifications } from './rateNotifications';
import { rateTables } from './rateTables';
import { emails } from './emails';
import { reports } from './reports';
import { resellers } from './resellers';
import { settings } from './settings';
import { silences } from './silences';
import { tasks } from './tasks';
import { templates } from './templates';
import { terms } from './terms';
import { webhooks } from './webhooks';

/** All words of the page, one file an area; for types and tests, because it holds what the page does not start with. */
export const en = {
  ...enCore,
  ...bounces,
  ...cards,
  ...channels,
  ...companies,
  ...developers,
  ...gateways,
  ...imports,
  ...overview,
  ...panel,
  ...rates,
  ...rateNotifications,
  ...rateTables,
  ...emails,
  ...reports,
  ...resellers,
  ...settings,
  ...silences,
  ...tasks,
  ...templates,
  ...terms,
  ...webhooks,
};
