import { api, unwrap } from '../../../api/client';
import { serverNow } from '../../../api/transport';
import { resolved } from '../../../list/request';
import { selectedCount, type Selection } from '../../../list/selection';
import { clientsList, type ClientRow } from '../clients-list';
import { inBatches, type Target, type Targets } from './run';

const pageSize = 200;

export function targetsOf(selection: Selection<ClientRow>): Targets {
  const total = selectedCount(selection);
  if (selection.kind === 'rows') return { total, batches: () => inBatches([...selection.rows.values()]) };
  // Spans that move along, such as the last week, stand still while the run goes on.
  const query = resolved(clientsList, selection.filters, serverNow());
  return { total, batches: () => pagesOf(query) };
}

/** By id: a client that leaves the filter because of the run itself moves no other client to another page. */
async function* pagesOf(filters: Readonly<Record<string, string>>): AsyncIterable<readonly Target[]> {
  let cursor: string | null = null;
  do {
    const query: object = { ...filters, sort: 'id', limit: pageSize, ...(cursor !== null && { cursor }) };
    const page: { data: Target[]; nextCursor: string | null } = await unwrap(
      api.GET('/v1/clients', { params: { query } }),
    );
    yield page.data;
    cursor = page.nextCursor;
  } while (cursor !== null);
}
