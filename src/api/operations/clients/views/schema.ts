import type { SavedView, ViewCaller } from '../../../../storage/clients/saved-views.js';
import type { Caller } from '../../../context.js';
import { patchShape } from '../../../contract/patch-shape.js';
import { idText, line, pathId, timeString, timeText } from '../../../contract/schemas.js';
import { z } from '../../../contract/zod.js';

export const viewPage = z
  .string()
  .regex(/^[a-z][a-z-]{0,39}$/, 'must be the name of a page, such as "clients"')
  .openapi({ example: 'clients' });
const name = line(100).openapi({ example: 'Low in Kyiv' });
const query = line(4000, 0).openapi({
  description: 'The query of the page’s URL',
  example: 'state=low&sort=-available',
});
const shared = z.boolean().openapi({ description: 'All users of the reseller see it; only its owner can change it' });

const viewFields = { name, query, shared: shared.default(false) };

export const viewBody = z.strictObject({ page: viewPage, ...viewFields }).openapi('SavedViewInput');

/** A view stays on its page. */
export const viewPatch = z.strictObject(patchShape(viewFields)).openapi('SavedViewPatch');

export const viewSchema = z
  .strictObject({
    id: idText,
    page: z.string(),
    name: z.string(),
    query: z.string(),
    shared: z.boolean(),
    owner: z.string().openapi({ example: 'user:3' }),
    own: z.boolean().openapi({ description: 'Owned by the caller, who may change it' }),
    version: z.int(),
    createdAt: timeString,
    updatedAt: timeString,
  })
  .openapi('SavedView');

export const viewParams = z.strictObject({ id: pathId });

export const viewExample = {
  page: 'clients',
  name: 'Low in Kyiv',
  query: 'state=low&timezone=Europe/Kyiv',
  shared: true,
};

export function viewCaller(caller: Caller): ViewCaller {
  return { owner: caller.actor.id, resellerId: caller.resellerId };
}

export function viewJson(row: SavedView, caller: Caller): z.input<typeof viewSchema> {
  return {
    id: row.id,
    page: row.page,
    name: row.name,
    query: row.query,
    shared: row.shared,
    owner: row.owner,
    own: row.owner === caller.actor.id,
    version: row.version,
    createdAt: timeText(row.createdAt),
    updatedAt: timeText(row.updatedAt),
  };
}
