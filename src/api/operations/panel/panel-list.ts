import type { Row } from 'postgres';
import type { Queries } from '../../../storage/system/database.js';
import { readPage, type ListQuery } from '../../../storage/system/paging.js';
import type { PanelSort } from '../../../storage/panel/panel-lists.js';
import { listed, listQuery, pageOf, pageRequest } from '../../contract/lists.js';
import { definePanelOperation, type Operation } from '../../contract/operation.js';
import type { z } from '../../contract/zod.js';

interface PanelListSpec<T extends Row, S extends z.ZodObject> {
  readonly id: string;
  readonly path: string;
  readonly summary: string;
  readonly description?: string;
  readonly item: S;
  readonly rows: (q: Queries, clientId: string) => ListQuery<T, PanelSort>;
  readonly toJson: (row: T, now: number) => z.output<S>;
}

/** A list of the client panel: pages of the own client's rows, newest first. */
export function definePanelList<T extends Row, S extends z.ZodObject>(spec: PanelListSpec<T, S>): Operation {
  return definePanelOperation({
    id: spec.id,
    method: 'get',
    path: spec.path,
    area: 'panel',
    summary: spec.summary,
    description: spec.description ?? 'Newest first.',
    request: { query: listQuery(['at'], '-at') },
    responses: { 200: { description: 'A page', schema: pageOf<z.ZodObject>(spec.item) } },
    async handler(request) {
      const { query, scope, caller, now } = request;
      const page = await scope.read((q) => readPage(q, pageRequest(query), spec.rows(q, caller.clientId)));
      return listed(request, page, (row) => spec.toJson(row, now), {});
    },
  });
}
