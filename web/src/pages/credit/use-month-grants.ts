import { keepPreviousData, useQuery, type UseQueryResult } from '@tanstack/react-query';
import { useEffect } from 'react';
import { api, unwrap } from '../../api/client';
import { keys } from '../../api/keys';
import { concerns, onChange } from '../../api/stream';
import { compareAmounts, subtractAmounts } from '../../ui/text/money-text';
import type { Grant } from './grants-list';

export interface MonthGrants {
  readonly grants: readonly Grant[];
  /** false: more than could be shown */
  readonly isWhole: boolean;
  /** ids of active credits whose end puts the client under its nearest threshold */
  readonly pushing: ReadonlySet<string>;
}

const pageRows = 200;
const maxPages = 10;

/** What is valid at some moment between, with what its end does to the clients. */
export function useMonthGrants(from: number, to: number): UseQueryResult<MonthGrants> {
  const query = useQuery({
    queryKey: keys.list('credits', ['month', from, to]),
    queryFn: ({ signal }) => read(new Date(from).toISOString(), new Date(to).toISOString(), signal),
    placeholderData: keepPreviousData,
  });
  const { refetch } = query;
  useEffect(() => onChange((change) => void (concerns(change, 'credits') && refetch())), [refetch]);
  return query;
}

async function read(from: string, to: string, signal: AbortSignal): Promise<MonthGrants> {
  const [{ data: clients }, { grants, isWhole }] = await Promise.all([
    unwrap(api.GET('/v1/clients', { params: { query: { temporaryCredit: 'active', limit: pageRows } }, signal })),
    readGrants(from, to, signal),
  ]);
  const standing = new Map(
    clients.map(({ id, balance: { available }, nearestThreshold }) => [
      id,
      {
        available: available && 'amount' in available ? available.amount : null,
        threshold: nearestThreshold?.amount ?? null,
      },
    ]),
  );
  const pushing = grants.filter((grant) => pushesUnder(grant, standing.get(grant.clientId)));
  return { grants, isWhole, pushing: new Set(pushing.map(({ id }) => id)) };
}

async function readGrants(from: string, to: string, signal: AbortSignal): Promise<Omit<MonthGrants, 'pushing'>> {
  const grants: Grant[] = [];
  let cursor: string | null = null;
  for (let page = 0; page < maxPages; page += 1) {
    const answer: Page = await readPage({ from, to, ...(cursor !== null && { cursor }) }, signal);
    grants.push(...answer.data);
    cursor = answer.nextCursor;
    if (cursor === null) break;
  }
  return { grants, isWhole: cursor === null };
}

type Page = Awaited<ReturnType<typeof readPage>>;

function readPage(asked: { from: string; to: string; cursor?: string }, signal: AbortSignal) {
  return unwrap(
    api.GET('/v1/temporary-credits', { params: { query: { ...asked, limit: pageRows, sort: ['validFrom'] } }, signal }),
  );
}

interface Standing {
  readonly available: string | null;
  readonly threshold: string | null;
}

/** Whether its end puts a client under a threshold that it is not under now. */
function pushesUnder({ status, amount }: Grant, client: Standing | undefined): boolean {
  if (status !== 'active' || !client || client.available === null || client.threshold === null) return false;
  const { available, threshold } = client;
  return compareAmounts(available, threshold) >= 0 && compareAmounts(subtractAmounts(available, amount), threshold) < 0;
}
