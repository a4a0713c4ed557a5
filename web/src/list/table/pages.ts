import type { ListPage } from '../definition';

/** The API jumps within these first rows of a list; `next` and `previous` continue without a limit. */
const maxJumpRows = 10_000;

export interface PageNumbers {
  readonly page: number;
  readonly pages: number;
  /** the last page that a jump reaches */
  readonly last: number;
}

/** Null where the rows are not counted, or there are none. */
export function pageNumbers({ data, total, rowFrom }: ListPage<unknown>, limit: number): PageNumbers | null {
  if (data.length === 0 || total === undefined || rowFrom === undefined) return null;
  // A cursor may begin amid a page of another size; the last page is never beyond the count.
  const pages = Math.ceil(total / limit);
  return {
    page: Math.min(pages, Math.ceil(rowFrom / limit)),
    pages,
    last: Math.min(pages, Math.floor(maxJumpRows / limit)),
  };
}

/** The page number that was typed; null where it is none of `1` to `last`. */
export function pageAsked(text: string, last: number): number | null {
  const asked = /^\d{1,6}$/.test(text.trim()) ? Number(text) : 0;
  return asked >= 1 && asked <= last ? asked : null;
}
