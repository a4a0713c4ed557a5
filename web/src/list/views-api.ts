import { api, unwrap } from '../api/client';
import type { SavedView } from '../api/types';

export type ViewInput = Pick<SavedView, 'page' | 'name' | 'query' | 'shared'>;

export async function readViews(page: string, signal: AbortSignal): Promise<readonly SavedView[]> {
  const { data } = await unwrap(api.GET('/v1/views', { params: { query: { page } }, signal }));
  return data;
}

export const createView = (view: ViewInput): Promise<SavedView> => unwrap(api.POST('/v1/views', { body: view }));

export const updateView = ({ id, version }: SavedView, changes: Partial<Omit<ViewInput, 'page'>>): Promise<SavedView> =>
  unwrap(api.PATCH('/v1/views/{id}', { params: ofVersion(id, version), body: changes }));

export async function deleteView({ id, version }: SavedView): Promise<void> {
  await api.DELETE('/v1/views/{id}', { params: ofVersion(id, version) });
}

const ofVersion = (id: string, version: number) => ({
  path: { id },
  header: { 'If-Match': `"${version}"` },
});
