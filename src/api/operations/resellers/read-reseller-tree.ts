import { resellerSubtree, type ResellerRow } from '../../../storage/resellers/resellers.js';
import { ok } from '../../contract/answers.js';
import { defineOperation } from '../../contract/operation.js';
import { z } from '../../contract/zod.js';
import { resellerJson, resellerSchema, type ResellerJson } from './schema.js';

/** The tree is drawn as a whole; past this many the list is the better face. */
const mostNodes = 5000;

type Node = ResellerJson & { readonly children: Node[] };

const nodeSchema: z.ZodType<Node> = z
  .strictObject({
    ...resellerSchema.shape,
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
  summary: 'Get the tree of resellers',
  scope: 'resellers:read',
  responses: {
    200: {
      description: 'The tree',
      schema: z.strictObject({
        root: nodeSchema,
        truncated: z
          .boolean()
          .openapi({ description: `the tree has more than ${mostNodes} resellers; the deepest are left out` }),
      }),
    },
  },
  async handler({ caller, scope }) {
    const rows = await scope.read((q) => resellerSubtree(q, caller.resellerId, mostNodes + 1));
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
