import type { MailKind } from './variables.js';

/** What is known of a template before it is chosen. */
interface TemplateCandidate {
  /** a `MailKind`, as the database holds it */
  readonly kind: string;
  /** null: of the whole installation */
  readonly resellerId: number | string | null;
  /** BCP 47, as `uk` or `en-GB`; null, or the default `en`: also for every language without its own */
  readonly locale: string | null;
  /** the language of its reseller; absent: English */
  readonly ownerLocale?: string;
}

interface TemplateWanted {
  readonly kind: MailKind;
  /** the client's reseller first, then its parent, up to the root of the tree */
  readonly resellerPath: readonly (number | string)[];
  readonly locale: string;
}

/**
 * The template for an email: of the nearest reseller up the tree that has one for the reader, then of the installation.
 * Within one reseller: the exact locale (`uk-UA`), then the language (`uk`), then the one for every language, then the
 * one in the language of the reseller, then English. Null: the built-in is meant.
 */
export function selectTemplate<T extends TemplateCandidate>(
  candidates: readonly T[],
  wanted: TemplateWanted,
): T | null {
  const ofKind = candidates.filter(({ kind }) => kind === wanted.kind);
  const owners = [...wanted.resellerPath.map(String), null];
  for (const owner of owners) {
    const owned = ofKind.filter(({ resellerId }) => (resellerId === null ? null : String(resellerId)) === owner);
    const found = forLocale(owned, wanted.locale);
    if (found) return found;
  }
  return null;
}

/** What a template is written in where its author said nothing. */
const defaultLocale = 'en';

function forLocale<T extends TemplateCandidate>(candidates: readonly T[], locale: string): T | null {
  const exact = plain(locale);
  const language = exact.split('-')[0];
  const has = (wanted: string | null | undefined) =>
    candidates.find((candidate) => (candidate.locale === null ? null : plain(candidate.locale)) === wanted);
  const own = candidates[0]?.ownerLocale;
  const ofOwner = own === undefined ? undefined : (has(plain(own)) ?? has(plain(own).split('-')[0]));
  return has(exact) ?? has(language) ?? has(null) ?? ofOwner ?? has(defaultLocale) ?? null;
}

function plain(locale: string): string {
  return locale.replaceAll('_', '-').toLowerCase();
}
