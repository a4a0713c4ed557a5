import createClient from 'openapi-fetch';
import { take } from '../api/client';
import { send } from '../api/transport';

/** A saved view of a list, as /v1/views has it. */
export interface SavedView {
  readonly id: string;
  readonly page: string;
  readonly name: string;
  /** the query of the list's address */
  readonly query: string;
  /** colleagues see it too; only its owner changes it */
  readonly shared: boolean;
  readonly own: boolean;
  readonly version: number;
}

export type ViewInput = Pick<SavedView, 'page' | 'name' | 'query' | 'shared'>;

const views = createClient<ViewPaths>({
  baseUrl: globalThis.location?.origin ?? 'http://localhost',
  credentials: 'same-origin',
  fetch: send,
});

export async function readViews(page: string, signal: AbortSignal): Promise<readonly SavedView[]> {
  const { data } = await take(views.GET('/v1/views', { params: { query: { page } }, signal }));
  return data;
}

export const createView = (view: ViewInput): Promise<SavedView> => take(views.POST('/v1/views', { body: view }));

export const updateView = ({ id, version }: SavedView, changes: Partial<Omit<ViewInput, 'page'>>): Promise<SavedView> =>
  take(views.PATCH('/v1/views/{id}', { params: ofVersion(id, version), body: changes }));

export async function deleteView({ id, version }: SavedView): Promise<void> {
  await views.DELETE('/v1/views/{id}', { params: ofVersion(id, version) });
}

const ofVersion = (id: string, version: number): VersionParameters => ({
  path: { id },
  header: { 'If-Match': `"${version}"` },
});

/* The operations that are not in schema.ts yet. */

interface VersionParameters {
  path: { id: string };
  header: { 'If-Match': string };
}

interface JsonAnswer<Status extends number, Body> {
  responses: Record<Status, { headers: Record<string, unknown>; content: { 'application/json': Body } }>;
}

interface JsonBody<Body> {
  requestBody: { content: { 'application/json': Body } };
}

interface ViewPaths {
  '/v1/views': {
    get: { parameters: { query: { page: string } } } & JsonAnswer<200, { data: SavedView[] }>;
    post: { parameters: object } & JsonBody<ViewInput> & JsonAnswer<201, SavedView>;
  };
  '/v1/views/{id}': {
    patch: { parameters: VersionParameters } & JsonBody<Partial<Omit<ViewInput, 'page'>>> & JsonAnswer<200, SavedView>;
    delete: {
      parameters: VersionParameters;
      responses: { 204: { headers: Record<string, unknown>; content?: never } };
    };
  };
}
