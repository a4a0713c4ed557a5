import { until } from '../../support/lowwater.js';
import pages from '../pages.json';
import { stage } from './stage.js';

/** Every page, and every tab of one; what stands after a colon is the id of one of these. */
export { pages };

/** The address with real ids in it: of a client in debt, of a mail, of the profile of the manuals. */
export async function resolved(address: string): Promise<string> {
  const { api } = stage();
  const first = async (path: string): Promise<string> => {
    let id = '';
    // The first mails of the demo leave some seconds after the start.
    await until(`there is something under ${path}`, async () => (id = (await api.list(path))[0]?.id ?? '') !== '');
    return id;
  };
  if (address.includes(':client')) return address.replace(':client', await first('/v1/clients?q=Customer%20B&limit=1'));
  if (address.includes(':notification')) {
    return address.replace(':notification', await first('/v1/notifications?limit=1'));
  }
  if (address.includes(':profile'))
    return address.replace(':profile', await first('/v1/profiles?name=default&limit=1'));
  return address;
}
