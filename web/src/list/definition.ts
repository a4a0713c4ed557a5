import type { Icon } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { Kind } from '../api/keys';
import type { ListQuery } from '../api/lists';
import type { Key } from '../i18n/t';

/**
 * What a page says about one of its lists; `List` does the rest. Texts are keys, so that a definition is a constant.
 */
export interface ListDefinition<Row> {
  /** the kind of thing in the query cache and on the stream */
  readonly kind: Kind;
  /** names the list in saved views, kept columns and files: `clients` */
  readonly name: string;
  readonly title: Key;
  readonly load: (query: ListQuery, signal: AbortSignal) => Promise<ListPage<Row>>;
  readonly idOf: (row: Row) => string;
  /** what the row is called where it is selected or opened */
  readonly nameOf: (row: Row) => string;
  readonly columns: readonly ListColumn<Row>[];
  readonly filters: readonly ListFilter[];
  /** the order without the user's, as the API takes it */
  readonly sort: string;
  /** the parameter of the search box; without one there is no box */
  readonly search?: { readonly parameter: string; readonly placeholder: Key };
  /** what else to ask for besides the total, `facets` */
  readonly include?: string;
  readonly facets?: (page: ListPage<Row>) => readonly Facet[];
  /** over the rows: what all that match come to */
  readonly summary?: (page: ListPage<Row>) => ReactNode;
  /** false where there is no /v1/exports/<name>.csv and .xlsx */
  readonly exported?: boolean;
  /** the file, where the list itself has another name: one that a page narrows has its own kept columns */
  readonly exportName?: string;
  /** the time in which changes are gathered, where counting is dear or much changes */
  readonly gatherMs?: number;
  /** parameters that the files do not take, though the list does */
  readonly unexported?: readonly string[];
}

/** What every list of the API answers. */
export interface ListPage<Row> {
  readonly data: readonly Row[];
  readonly hasMore: boolean;
  readonly nextCursor: string | null;
  readonly prevCursor: string | null;
  readonly total?: number;
  readonly rowFrom?: number;
  readonly rowTo?: number;
}

export interface ListColumn<Row> {
  /** as a file's `columns` names it */
  readonly id: string;
  readonly label: Key;
  /** the heading over neighbouring columns that belong together */
  readonly group?: Key;
  readonly render: (row: Row) => ReactNode;
  /** `right` for amounts and counts */
  readonly align?: 'left' | 'right';
  /** the API's name in `sort` */
  readonly sort?: string;
  /** shown only when chosen */
  readonly optional?: boolean;
  /** shown without being chosen only in windows of this width or more, in px: what is shown then has room */
  readonly minWindow?: number;
  /** what the row is known by: never hidden, the heading of a card */
  readonly isName?: boolean;
  /** takes the room that the other columns leave; a longer text ends in dots */
  readonly grows?: boolean;
  /** false where a file lacks the column */
  readonly exported?: boolean;
  /** the columns that a file has instead of one of its name */
  readonly exportedAs?: readonly string[];
  /** columns that a file has next to it, for what the cell says in one: the currency of an amount */
  readonly exportedWith?: readonly string[];
  /** what the API must be asked to include for it, so that a list pays only for what it shows */
  readonly include?: string;
}

export interface Option {
  readonly value: string;
  readonly label: string;
}

interface FilterBase {
  readonly label: Key;
  /** its heading in the advanced search; lists whose filters have none do without one */
  readonly section?: Key;
}

/** A filter with its editor; `parameter`s are those of the API. */
export type ListFilter = FilterBase &
  (
    | { readonly kind: 'text'; readonly parameter: string; readonly placeholder?: string }
    | {
        readonly kind: 'choice';
        readonly parameter: string;
        readonly options: () => readonly Option[];
        readonly multiple?: boolean;
        /** what holds without a word of the user: shown as a chip, taken away by setting `cleared` */
        readonly initial?: {
          readonly value: string;
          readonly cleared: string;
          /** what all users want to see: an empty list is then "nothing yet", not "nothing matches" */
          readonly isUsual?: boolean;
          /** the API has another default, and is asked for it */
          readonly isAsked?: boolean;
        };
      }
    | { readonly kind: 'flag'; readonly parameter: string; readonly value: string }
    | {
        readonly kind: 'number';
        readonly parameter: string;
        readonly min: number;
        readonly max: number;
        /** a word that the parameter takes for "has none" */
        readonly none?: { readonly value: string; readonly label: Key };
      }
    | {
        /** whole percentages, `from` included, `to` not */
        readonly kind: 'percentRange';
        readonly from: string;
        readonly to: string;
        readonly hint?: Key;
      }
    | {
        readonly kind: 'money';
        readonly from: string;
        readonly to: string;
        /** amounts are compared within one currency */
        readonly currency: string;
        /** true where the currency is also a separate filter, and stays when this one goes */
        readonly keepsCurrency?: boolean;
      }
    | {
        readonly kind: 'time';
        readonly from: string;
        readonly to: string;
        /** quick picks of the form `-24h`, `-7d`, `+7d` */
        readonly picks?: readonly string[];
      }
    | {
        readonly kind: 'reference';
        readonly parameter: string;
        readonly search: (text: string, signal: AbortSignal) => Promise<readonly Option[]>;
        readonly read: (id: string, signal: AbortSignal) => Promise<string>;
        /** a word that the parameter takes for "has none" */
        readonly none?: { readonly value: string; readonly label: Key };
      }
  );

/** How the rows under the other filters divide by one parameter. */
export interface Facet {
  readonly parameter: string;
  readonly label: Key;
  readonly options: readonly (Option & { readonly count: number })[];
  /** the parameter takes one value: another one replaces it */
  readonly isSingle?: boolean;
}

/** What is shown while there is nothing yet. */
export interface EmptyList {
  readonly icon?: Icon;
  readonly title: string;
  readonly text?: ReactNode;
  readonly action?: ReactNode;
  readonly docs?: string;
}

export function parametersOf(filter: ListFilter): readonly string[] {
  if (filter.kind === 'money') return [filter.from, filter.to, filter.currency];
  return filter.kind === 'time' || filter.kind === 'percentRange' ? [filter.from, filter.to] : [filter.parameter];
}

/** Filters under their headings; undefined: those without one. */
export function bySection(
  filters: readonly ListFilter[],
): readonly (readonly [section: Key | undefined, members: readonly ListFilter[]])[] {
  const sections = [...new Set(filters.map(({ section }) => section))];
  return sections.map((section) => [section, filters.filter((filter) => filter.section === section)]);
}

export function allParameters<Row>(definition: ListDefinition<Row>): readonly string[] {
  const search = definition.search ? [definition.search.parameter] : [];
  return [...new Set([...search, ...definition.filters.flatMap(parametersOf)])];
}
