import { app } from './app';
import { audit } from './audit';
import { client } from './client';
import { clients } from './clients';
import { common } from './common';
import { credit } from './credit';
import { developers } from './developers';
import { form } from './form';
import { list } from './list';
import { me } from './me';
import { notifications } from './notifications';
import { overview } from './overview';
import { problems } from './problems';
import { profiles } from './profiles';
import { rates } from './rates';
import { session } from './session';
import { settings } from './settings';
import { ui } from './ui';

/** All words of the page, one file an area. */
export const en = {
  ...common,
  ...app,
  ...session,
  ...problems,
  ...me,
  ...settings,
  ...overview,
  ...clients,
  ...client,
  ...credit,
  ...notifications,
  ...profiles,
  ...rates,
  ...audit,
  ...developers,
  ...list,
  ...form,
  ...ui,
};
