import { queryOptions } from '@tanstack/react-query';
import { api, unwrap, unwrapVersioned } from '../../../api/client';
import { keys } from '../../../api/keys';
import type { components } from '../../../api/schema';
import type { SearchSource } from '../../../form/inputs/use-options';

export type Company = components['schemas']['Company'];

export const sides = ['their', 'our', 'mutual'] as const;
export type Side = (typeof sides)[number];

/** A run of the controller changes it without a word to the page. */
const refetchMs = 10_000;

export const companyQuery = (id: string) =>
  queryOptions({
    queryKey: keys.one('companies', id),
    queryFn: ({ signal }) => unwrapVersioned(api.GET('/v1/companies/{id}', { params: { path: { id } }, signal })),
    refetchInterval: refetchMs,
  });

/** Templates that an alarm can be written with. */
export const alarmTemplates: SearchSource = {
  searchKey: 'alarm-templates',
  async search(text, signal) {
    const query = { kind: 'company_balance', limit: 100 } as const;
    const { data } = await unwrap(api.GET('/v1/mail-templates', { params: { query }, signal }));
    const wanted = text.trim().toLowerCase();
    return data
      .filter(({ name }) => name.toLowerCase().includes(wanted))
      .map(({ id, name, locale }) => ({ value: id, label: `${name} (${locale})` }));
  },
  async read(id, signal) {
    const { name, locale } = await unwrap(api.GET('/v1/mail-templates/{id}', { params: { path: { id } }, signal }));
    return `${name} (${locale})`;
  },
};
