import { api, unwrap } from '../../../api/client';
import type { SearchSource } from '../../../form/inputs/use-options';
import { intlLocale } from '../../../i18n/language';
import { t } from '../../../i18n/t';
import { moneyText } from '../../../ui/text/money-text';
import type { Account } from './queries';

const shownAtOnce = 20;

/** Accounts with their own balance, by their external ids; those of the client first. */
export function accountSource(clientId: string | null): SearchSource {
  const find = async (text: string, ofClient: string | null, signal: AbortSignal): Promise<readonly Account[]> => {
    const query = {
      limit: shownAtOnce,
      ...(ofClient !== null && { clientId: ofClient }),
      ...(text.trim() !== '' && { q: `*${text.trim()}` }),
    };
    const { data } = await unwrap(api.GET('/v1/accounts', { params: { query }, signal }));
    return data.filter(({ kind, status }) => kind !== 'subordinate' && status !== 'closed');
  };
  return {
    searchKey: `accounts of ${clientId ?? 'all'}`,
    async search(text, signal) {
      const own = clientId === null ? [] : await find(text, clientId, signal);
      const others = clientId !== null && text.trim() === '' ? [] : await find(text, null, signal);
      const ids = new Set(own.map(({ id }) => id));
      return [...own, ...others.filter(({ id }) => !ids.has(id))].map((account) => ({
        value: account.id,
        label: labelOf(account),
      }));
    },
    async read(id, signal) {
      return labelOf(await unwrap(api.GET('/v1/accounts/{id}', { params: { path: { id } }, signal })));
    },
  };
}

function labelOf({ externalId, clientName, available, currency }: Account): string {
  const name = t('accounts.transfers.account', { account: externalId, client: clientName });
  return available === null ? name : `${name} · ${moneyText(available, currency, intlLocale())}`;
}
