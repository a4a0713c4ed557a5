import type { MailTemplate } from '../mail-template.js';
import { mailKinds, type MailKind } from '../variables.js';
import { english } from './en/index.js';
import { layOut, type MailCopy } from './layout.js';
import { ukrainian } from './uk/index.js';

/** The languages that every email is built in for. */
export const builtInLanguages = ['en', 'uk'] as const;
type BuiltInLanguage = (typeof builtInLanguages)[number];

const copies: Readonly<Record<BuiltInLanguage, Readonly<Record<MailKind, MailCopy>>>> = { en: english, uk: ukrainian };

const templates = new Map<string, MailTemplate>(
  builtInLanguages.flatMap((language) =>
    mailKinds.map((kind): [string, MailTemplate] => [`${kind} ${language}`, layOut(copies[language][kind], language)]),
  ),
);

/** The built-in template of a kind: what is sent where none is configured, and a start for your own. */
export function builtInTemplate(kind: MailKind, language: BuiltInLanguage): MailTemplate {
  const template = templates.get(`${kind} ${language}`);
  if (!template) throw new RangeError(`no built-in template ${kind} ${language}`);
  return template;
}

/** `uk`, `uk-UA`, `UK_ua`: uk. Anything that is not built in: en. */
export function languageOf(locale: string): BuiltInLanguage {
  const language = locale.toLowerCase().split(/[-_]/)[0];
  return builtInLanguages.find((builtIn) => builtIn === language) ?? 'en';
}
