import { compileTemplate, type Compiled, type MailPart } from './guard/guard.js';
import type { MailTemplate } from './mail-template.js';
import { escapeHtml, runProgram } from './guard/program.js';
import { builtInTemplate, languageOf } from './templates/index.js';
import { htmlToText } from './html-to-text.js';
import { knownLocale, shorten, viewOf, type Reader, type View } from './guard/values.js';
import type { MailKind, MailVariables } from './variables.js';

export interface MailToRender {
  readonly kind: MailKind;
  /** null: none was chosen, the built-in is meant */
  readonly template: MailTemplate | null;
  readonly variables: MailVariables;
  /** BCP 47, as `uk` or `en-GB`: the language of the built-in, and how times and amounts are written */
  readonly locale: string;
  /** IANA, as `Europe/Kyiv`: in which times are written */
  readonly timeZone: string;
}

export interface RenderedMail {
  /** one line, at most 200 characters */
  readonly subject: string;
  readonly html: string;
  readonly text: string;
  /** set where the built-in template replaced one that failed: staff needs an event */
  readonly fallback: null | { readonly reason: string };
}

const maxSubjectLength = 200;

/**
 * Renders an email. A template that fails costs the notice nothing: the built-in is sent in its place, with the reason
 * in `fallback`.
 */
export function renderMail(mail: MailToRender): RenderedMail {
  const reader = { locale: knownLocale(mail.locale), timeZone: mail.timeZone };
  const view = viewOf(mail.kind, mail.variables, reader);
  if (mail.template) {
    const rendered = renderTemplate(mail.kind, mail.template, view, reader);
    if (typeof rendered !== 'string') return { ...rendered, fallback: null };
    return { ...renderBuiltIn(mail.kind, view, reader), fallback: { reason: rendered } };
  }
  return { ...renderBuiltIn(mail.kind, view, reader), fallback: null };
}

type Rendered = Omit<RenderedMail, 'fallback'>;

function renderBuiltIn(kind: MailKind, view: View, reader: Reader): Rendered {
  const rendered = renderTemplate(kind, builtInTemplate(kind, languageOf(reader.locale)), view, reader);
  // tests render every built-in; its text does not depend on data, so it cannot fail here only
  if (typeof rendered === 'string') throw new Error(`the built-in template ${kind} does not render: ${rendered}`);
  return rendered;
}

/** The rendered parts, or in words why not. */
function renderTemplate(kind: MailKind, template: MailTemplate, view: View, reader: Reader): Rendered | string {
  try {
    const subject = oneLine(renderPart(kind, 'subject', template.subject, view, reader));
    const html = renderPart(kind, 'html', template.html, view, reader);
    const text = renderPart(kind, 'text', template.text, view, reader);
    if (subject === '') return 'the subject is empty';
    if (html.trim() === '' && text.trim() === '') return 'both the HTML and the text are empty';
    return { subject, html: html.trim() ? html : textToHtml(text), text: text.trim() ? text : htmlToText(html) };
  } catch (error) {
    if (error instanceof Error) return error.message;
    throw error;
  }
}

function renderPart(kind: MailKind, part: MailPart, source: string, view: View, reader: Reader): string {
  const { program, faults } = compiled(kind, part, source);
  const [fault] = faults;
  if (fault) throw new Error(`${part}, line ${fault.line}, column ${fault.column}: ${fault.message}`);
  return program ? runProgram(program, view, reader) : '';
}

/** Programs by the template they were made of: the guard has passed exactly this text. Least recently made go first. */
const programs = new Map<string, Compiled>();
const maxPrograms = 300;

function compiled(kind: MailKind, part: MailPart, source: string): Compiled {
  const key = `${kind} ${part} ${source}`;
  const known = programs.get(key);
  if (known) return known;
  const made = compileTemplate(source, { kind, part });
  const [oldest] = programs.keys();
  if (programs.size >= maxPrograms && oldest !== undefined) programs.delete(oldest);
  programs.set(key, made);
  return made;
}

/** No line break can get into a header: every run of white space becomes one space. */
function oneLine(subject: string): string {
  return shorten(subject.replace(/[\s\u0000-\u001f\u007f\u0085\u2028\u2029]+/g, ' ').trim(), maxSubjectLength);
}

function textToHtml(text: string): string {
  const style =
    'font:15px/1.5 -apple-system,Segoe UI,Roboto,Helvetica,Arial,sans-serif;white-space:pre-wrap;margin:24px';
  return `<!doctype html>\n<html><body><div style="${style}">${escapeHtml(text.trim())}</div></body></html>\n`;
}
