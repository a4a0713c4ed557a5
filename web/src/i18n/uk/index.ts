import { account } from './account';
import { accounts } from './accounts';
import type { Dictionary } from '../text';
import { app } from './app';
import { audit } from './audit';
import { client } from './client';
import { clientFields } from './clients-fields';
import { clients } from './clients';
import { common } from './common';
import { credit } from './credit';
import { developers } from './developers';
import { events } from './events';
import { form } from './form';
import { imports } from './imports';
import { invoices } from './invoices';
import { jobs } from './jobs';
import { list } from './list';
import { me } from './me';
import { notifications } from './notifications';
import { overview } from './overview';
import { payments } from './payments';
import { problems } from './problems';
import { profiles } from './profiles';
import { rates } from './rates';
import { reports } from './reports';
import { session } from './session';
import { settings } from './settings';
import { terms } from './terms';
import { ui } from './ui';
import { webhooks } from './webhooks';

/** All words of the page, one file an area. */
export const uk: Dictionary = {
  ...common,
  ...app,
  ...session,
  ...account,
  ...accounts,
  ...problems,
  ...me,
  ...settings,
  ...overview,
  ...clients,
  ...clientFields,
  ...client,
  ...credit,
  ...payments,
  ...invoices,
  ...reports,
  ...notifications,
  ...events,
  ...profiles,
  ...rates,
  ...audit,
  ...developers,
  ...webhooks,
  ...jobs,
  ...imports,
  ...list,
  ...form,
  ...terms,
  ...ui,
};
