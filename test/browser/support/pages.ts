import pages from '../pages.json';
import { stage } from './stage.js';

/** Every page, and every tab of one; what stands after a colon is the id of one of these. */
export { pages };

/** The address with real ids in it: of the client that spends most, of a mail, of the profile of the manuals. */
export async function resolved(address: string): Promise<string> {
  const { api } = stage();
  const first = async (path: string): Promise<string> => {
    const [found] = await api.list(path);
    if (!found) throw new Error(`nothing under ${path}`);
    return found.id;
  };
  if (address.includes(':client')) return address.replace(':client', await first('/v1/clients?q=Customer%20B&limit=1'));
  if (address.includes(':notification')) {
    return address.replace(':notification', await first('/v1/notifications?limit=1'));
  }
  if (address.includes(':profile'))
    return address.replace(':profile', await first('/v1/profiles?name=default&limit=1'));
  return address;
}
