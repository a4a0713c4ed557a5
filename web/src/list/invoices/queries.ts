import { queryOptions, useQueryClient } from '@tanstack/react-query';
import { api, unwrap } from '../../api/client';
import { keys } from '../../api/keys';
import { renewNow } from '../../api/renewal';
import type { components, paths } from '../../api/schema';
import { refreshLists } from '../refresh';

export type Invoice = components['schemas']['Invoice'];
export type InvoiceDetail = components['schemas']['InvoiceDetail'];
type InvoicesPage = paths['/v1/invoices']['get']['responses'][200]['content']['application/json'];
export type InvoiceTotals = NonNullable<InvoicesPage['totals']>;

export const invoiceQuery = (id: string) =>
  queryOptions({
    queryKey: keys.one('invoices', id),
    queryFn: ({ signal }) => unwrap(api.GET('/v1/invoices/{id}', { params: { path: { id } }, signal })),
  });

/** Reads again what a change of an invoice or a payment may have moved. */
export function useSettlementRefresh(clientId: string): () => Promise<void> {
  const queries = useQueryClient();
  return async () => {
    const lists = (['invoices', 'payments', 'clients', 'audit'] as const).map((kind) => refreshLists(queries, kind));
    const one = renewNow(
      queries,
      ([kind, second]) =>
        second !== 'list' &&
        (kind === 'invoices' || kind === 'payments' || (kind === 'clients' && second === clientId)),
    );
    await Promise.all([...lists, one]);
  };
}
