import { ApiProblem, problemAt } from './problem.js';

/** What the caller says it has read: versions, or anything that exists (`*`); null: it did not say. */
export type IfMatch = { readonly any: true } | { readonly any: false; readonly versions: readonly string[] } | null;

/** The strong entity tag of a version: `"7"`. */
export function etagOf(version: number): string {
  return `"${version}"`;
}

/** Reads an `If-Match` header (RFC 9110). Weak tags are read and never match. */
export function parseIfMatch(header: string | undefined): IfMatch {
  if (header === undefined || header.trim() === '') return null;
  if (header.trim() === '*') return { any: true };
  return { any: false, versions: header.split(',').map((tag) => tag.trim()) };
}

/** @throws ApiProblem `precondition_required` */
export function requireIfMatch(ifMatch: IfMatch): void {
  if (ifMatch) return;
  throw problemAt('precondition_required', '#/headers/if-match', 'must be the ETag of the version that you read');
}

/**
 * Refuses a change to a version that the caller has not read. Call it in the transaction of the change, on a locked row.
 *
 * @param current the resource as it is now, as a GET would show it
 * @throws ApiProblem `version_stale` with the current representation
 */
export function requireVersion(ifMatch: IfMatch, version: number, current: unknown): void {
  if (!ifMatch || ifMatch.any || ifMatch.versions.includes(etagOf(version))) return;
  const detail = `the current version is ${version}: read it again, then repeat the change`;
  throw new ApiProblem('version_stale', detail, {
    errors: [{ pointer: '#/headers/if-match', code: 'version_stale', detail }],
    current,
    headers: { ETag: etagOf(version) },
  });
}
