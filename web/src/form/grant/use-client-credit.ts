import { useQuery, type QueryClient, type UseQueryResult } from '@tanstack/react-query';
import { api, unwrap } from '../../api/client';
import { keys } from '../../api/keys';
import type { components } from '../../api/schema';
import { useCan } from '../../session/rights';

type Schemas = components['schemas'];

export type Grant = Schemas['TemporaryCreditItem'];
export type GrantLimits = Schemas['TemporaryCreditLimits'];

export interface ClientCredit {
  readonly client: Schemas['Client'];
  readonly limits: GrantLimits;
  /** empty where the reader may not see rules */
  readonly rules: readonly Schemas['ExplainedRule'][];
}

const clientCreditKey = (clientId: string, from: string) => keys.one('clients', clientId, 'credit terms', from);

/** What I may grant to a client, as far as it has been read: for the checks of a form. */
export function knownLimits(queries: QueryClient, clientId: string, from: string): GrantLimits | null {
  return queries.getQueryData<ClientCredit>(clientCreditKey(clientId, from))?.limits ?? null;
}

/** What a grant needs to know of a client: what is available, what I may grant, its rules. */
export function useClientCredit(clientId: string, from: string): UseQueryResult<ClientCredit> {
  const canExplain = useCan()('explainClient');
  return useQuery({
    queryKey: clientCreditKey(clientId, from),
    async queryFn({ signal }) {
      const path = { id: clientId };
      const query = /^\d{4}-\d{2}-\d{2}T/.test(from) ? { from } : {};
      const [client, limits, explanation] = await Promise.all([
        unwrap(api.GET('/v1/clients/{id}', { params: { path }, signal })),
        unwrap(api.GET('/v1/clients/{id}/temporary-credits/limits', { params: { path, query }, signal })),
        canExplain ? unwrap(api.GET('/v1/clients/{id}/explain', { params: { path }, signal })) : null,
      ]);
      return { client, limits, rules: explanation?.rules ?? [] };
    },
    enabled: clientId !== '',
  });
}
