import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQueries, useQuery } from '@tanstack/react-query';

interface SearchOption {
  readonly value: string;
  readonly label: string;
}

export interface SearchSource {
  /** names the source in the query cache */
  readonly searchKey: string;
  readonly search: (text: string, signal: AbortSignal) => Promise<readonly SearchOption[]>;
  /** the name of one that is chosen already */
  readonly read: (id: string, signal: AbortSignal) => Promise<string>;
}

const debounceMs = 250;
const freshMs = 60_000;

interface Options {
  readonly options: SearchOption[];
  readonly isSearching: boolean;
}

/** What a search finds, together with what is chosen, whose names are looked up. */
export function useOptions(
  { searchKey, search, read }: SearchSource,
  text: string,
  chosen: readonly string[],
): Options {
  const [asked] = useDebouncedValue(text, debounceMs);
  const found = useQuery({
    queryKey: ['options', searchKey, 'search', asked],
    queryFn: ({ signal }) => search(asked, signal),
    placeholderData: keepPreviousData,
    staleTime: freshMs,
  });
  const known = new Map((found.data ?? []).map((option) => [option.value, option]));
  const names = useQueries({
    queries: chosen.map((id) => ({
      queryKey: ['options', searchKey, 'name', id],
      queryFn: ({ signal }: { readonly signal: AbortSignal }) => read(id, signal),
      enabled: !known.has(id),
      staleTime: freshMs,
    })),
  });
  for (const [index, id] of chosen.entries()) {
    if (!known.has(id)) known.set(id, { value: id, label: names[index]?.data ?? id });
  }
  return { options: [...known.values()], isSearching: found.isFetching || asked !== text };
}
