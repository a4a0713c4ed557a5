import { queryOptions } from '@tanstack/react-query';
import { api, unwrap } from '../../api/client';
import { keys } from '../../api/keys';
import { readList } from '../../api/lists';
import type { components, paths } from '../../api/schema';
import type { SearchSource } from '../../form/inputs/use-options';
import { t } from '../../i18n/t';
import { paymentSourceText } from '../../ui/PaymentSource';

export type Payment = components['schemas']['PaymentItem'];
type PaymentsPage = paths['/v1/payments']['get']['responses'][200]['content']['application/json'];
export type PaymentTotals = NonNullable<PaymentsPage['totals']>;

/** An id of a payment is one within a reseller only: its client makes it one. */
export interface PaymentAddress {
  readonly clientId: string;
  readonly id: string;
}

/** As the address of the page has it: `7/pay-1`. */
export const addressText = ({ clientId, id }: PaymentAddress): string => `${clientId}/${id}`;

export function parseAddress(text: string): PaymentAddress {
  const [clientId = ''] = text.split('/', 1);
  return { clientId, id: text.slice(clientId.length + 1) };
}

export const paymentQuery = ({ clientId, id }: PaymentAddress) =>
  queryOptions({
    queryKey: keys.one('payments', id, 'itself', clientId),
    queryFn: ({ signal }) =>
      unwrap(api.GET('/v1/payments/{id}', { params: { path: { id }, query: { clientId } }, signal })),
  });

/** Rejected payments whose event is open; with an id, those that have it. */
export const rejectedQuery = (id: string | null) =>
  queryOptions({
    queryKey: keys.one('events', 'rejected', 'list', id),
    queryFn: async ({ signal }) => {
      const query = { kind: 'payment.refused', ...(id !== null && { subjectId: id }) };
      return (await readList('/v1/event-groups', query, signal)).total;
    },
  });

const kinds = ['webhook', 'key', 'user', 'temporal'] as const;

/** Who has recorded payments that the caller sees, and all of a kind. */
export const paymentSources: SearchSource = {
  searchKey: 'payment-sources',
  async search(text, signal) {
    const { sources = [] } = await readList('/v1/payments', { limit: '1', include: 'sources' }, signal);
    const all = [
      ...kinds.map((kind) => ({ value: kind as string, label: t(`payments.source.${kind}`) })),
      ...sources.map(({ source, name }) => ({ value: source, label: paymentSourceText(source, name) })),
    ];
    const wanted = text.trim().toLocaleLowerCase();
    const found = all.filter(({ value, label }) => `${label} ${value}`.toLocaleLowerCase().includes(wanted));
    return found.filter(({ value }, index) => found.findIndex((one) => one.value === value) === index);
  },
  async read(source, signal) {
    const known = kinds.find((kind) => kind === source);
    if (known) return t(`payments.source.${known}`);
    const { data } = await readList('/v1/payments', { limit: '1', source }, signal);
    return paymentSourceText(source, data[0]?.sourceName ?? null);
  },
};
