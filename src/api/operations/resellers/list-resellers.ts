import {
  listResellers as list,
  resellerKinds,
  resellerSubtree,
  type ResellerRow,
} from '../../../storage/resellers/resellers.js';
import { ok } from '../../contract/answers.js';
import { listed, listQuery, pageOf, pageRequest } from '../../contract/lists.js';
import { defineOperation } from '../../contract/operation.js';
import { line, reference } from '../../contract/schemas.js';
import { z } from '../../contract/zod.js';
import { resellerJson, resellerSchema, type ResellerJson } from './schema.js';

export const listResellersOperation = defineOperation({
  id: 'listResellers',
  method: 'get',
  path: '/v1/resellers',
  area: 'resellers',
  summary: 'List resellers and managers',
  scope: 'resellers:read',
  request: {
    query: listQuery(['name', 'id', 'createdAt'], 'name').extend({
      name: line(200).optional().openapi({ description: 'Beginning of the name' }),
      parentId: reference.optional().openapi({ description: 'Only those right below' }),
      kind: z.enum(resellerKinds).optional(),
    }),
  },
  responses: { 200: { description: 'A page of resellers', schema: pageOf(resellerSchema) } },
  async handler(input) {
    const { query, caller, context } = input;
    const filter = { name: query.name ?? null, parentId: query.parentId ?? null, kind: query.kind ?? null };
    return listed(input, await list(context.sql, caller.resellerId, filter, pageRequest(query)), resellerJson);
  },
});

/** The tree is drawn as a whole; past this many the list is the better face. */
const mostNodes = 5000;

type Node = ResellerJson & { readonly children: Node[] };

const nodeSchema: z.ZodType<Node> = resellerSchema
  .extend({
    get children() {
      return z.array(nodeSchema);
    },
  })
  .openapi('ResellerNode');

export const resellerTreeOperation = defineOperation({
  id: 'resellerTree',
  method: 'get',
  path: '/v1/resellers/tree',
  area: 'resellers',
  summary: 'Show the tree of resellers below the caller’s',
  scope: 'resellers:read',
  responses: {
    200: {
      description: 'The tree',
      schema: z.strictObject({
        root: nodeSchema,
        truncated: z
          .boolean()
          .openapi({ description: `there are more than ${mostNodes}, and the deepest are left out` }),
      }),
    },
  },
  async handler({ caller, context }) {
    const rows = await resellerSubtree(context.sql, caller.resellerId, mostNodes + 1);
    return ok({ root: treeOf(rows.slice(0, mostNodes)), truncated: rows.length > mostNodes });
  },
});

/** @param rows parents before their children */
function treeOf(rows: readonly ResellerRow[]): Node | null {
  const nodes = new Map<string, Node>();
  for (const row of rows) {
    const node: Node = { ...resellerJson(row), children: [] };
    nodes.set(row.id, node);
    if (row.parentId !== null) nodes.get(row.parentId)?.children.push(node);
  }
  return nodes.values().next().value ?? null;
}
