import { account } from './account';
import { accounts } from './accounts';
import { app } from './app';
import { audit } from './audit';
import { client } from './client';
import { clientFields } from './clients-fields';
import { clients } from './clients';
import { common } from './common';
import { credit } from './credit';
import { events } from './events';
import { form } from './form';
import { invoices } from './invoices';
import { jobs } from './jobs';
import { list } from './list';
import { me } from './me';
import { notifications } from './notifications';
import { payments } from './payments';
import { problems } from './problems';
import { profiles } from './profiles';
import { session } from './session';
import { ui } from './ui';

/** The words that the page starts with; those of other areas come with their pages (../late). */
export const enCore = {
  ...common,
  ...app,
  ...session,
  ...account,
  ...accounts,
  ...problems,
  ...me,
  ...clients,
  ...clientFields,
  ...client,
  ...credit,
  ...payments,
  ...invoices,
  ...notifications,
  ...events,
  ...profiles,
  ...audit,
  ...jobs,
  ...list,
  ...form,
  ...ui,
};
