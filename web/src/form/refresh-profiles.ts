import type { QueryClient } from '@tanstack/react-query';
import type { Kind } from '../api/keys';

const concerned: readonly Kind[] = ['profiles', 'clients', 'rates'];

/** After profiles have changed, or clients their profile: whatever shows either is fetched again. */
export async function refreshProfiles(queries: QueryClient): Promise<void> {
  await Promise.all(concerned.map((kind) => queries.invalidateQueries({ queryKey: [kind] })));
}
