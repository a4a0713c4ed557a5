import { outerPages } from './outer-pages';
import { pages, type Page } from './pages';

/** The page of an address; null: none. The router decides by the same paths. */
export function pageAt(pathname: string): Pick<Page, 'path' | 'load'> | null {
  return [...outerPages, ...pages].find(({ path }) => patternOf(path).test(pathname)) ?? null;
}

function patternOf(path: string): RegExp {
  return new RegExp(`^${path.replace(/:\w+/g, '[^/]+')}/?$`);
}
