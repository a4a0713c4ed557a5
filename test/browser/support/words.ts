import type { Page, Response } from 'playwright-core';

/**
 * Words that the page shows, or says to a screen reader, though they stand in no dictionary. In the pseudo-locale every
 * text of the dictionary is in square brackets; what is not must be data that the service has answered, or a number, a
 * time or a currency that the browser itself has written.
 */
export async function untranslated(page: Page, answers: Answers): Promise<string[]> {
  const { shown, said } = await page.evaluate((mark) => {
    const texts: string[] = [];
    const attributes: string[] = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const element = node instanceof Element ? node : node.parentElement;
      // What is marked as being of another language has none of the page's.
      if (!element || element.closest('script, noscript, style, code, pre, iframe, [translate=no], body [lang]'))
        continue;
      if (node instanceof Text) texts.push(node.data);
      else if (!element.closest('[aria-hidden=true]')) {
        for (const name of ['aria-label', 'title', 'placeholder', 'alt'])
          attributes.push(element.getAttribute(name) ?? '');
      }
    }
    return { shown: texts.join(mark), said: attributes.join(mark) };
  }, between);
  const isText = (rest: string): boolean => /\p{L}{2,}/u.test(rest);
  const rests = [shown, said].flatMap((texts) => withoutTexts(texts).split(between));
  return [...new Set(rests.map((rest) => withoutNames(answers.without(rest)).trim()).filter(isText))];
}

/** Stands between the texts of two elements; one text of the dictionary may go over several, as with a link in it. */
const between = '\u0001';

/** Texts stand within texts, as an amount in a sentence: from the innermost outwards. */
function withoutTexts(text: string): string {
  const stripped = text.replaceAll(/\[[^[\]]*\]/g, between);
  return stripped === text ? text : withoutTexts(stripped);
}

/** Names that are the same in every language, and what Intl writes. */
function withoutNames(text: string): string {
  const own = /\b(Lowwater|Temporal|Ctrl|Enter|Esc|Shift|English|Chrome|Linux|CSV|API|JSON|HTTP|UTC|GMT)\b|Українська/g;
  const zone = /\b[A-Z]\w+\/[\w/+-]+/g;
  const month = /\b(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\b/g;
  const time =
    /\b(in|ago|now|yesterday|today|tomorrow|AM|PM|(Mon|Tues?|Wed(nes)?|Thu(rs)?|Fri|Sat(ur)?|Sun)(day)?|ms|(second|sec|minute|min|hour|hr|day|week|wk|month|mo|year|yr)s?)\b/g;
  const languages = new Intl.DisplayNames('en', { type: 'language' });
  const isLanguage = ['uk', 'de', 'es', 'fr', 'it', 'pl', 'pt', 'ro', 'tr'].some(
    (code) => languages.of(code) === text.trim(),
  );
  if (isLanguage) return '';
  const currency = /\b[A-Z]{3}( · .*)?\b/g;
  return text
    .replaceAll(zone, ' ')
    .replaceAll(own, ' ')
    .replaceAll(month, ' ')
    .replaceAll(time, ' ')
    .replaceAll(currency, ' ');
}

/** Fields of answers that are sentences or words of the API's own, in English: the page has to say them itself. */
const spoken = new Set(['detail', 'remedy', 'title', 'summary', 'description', 'sentence']);
/** `no_recipients`, `active`: a name of the API's, which is no word for a reader ... */
const codeName = /^[a-z]+(_[a-z]+)*$/;
/** ... but in fields that hold any text, and in settings (`LOG_LEVEL`). */
const isAnyText = (field: string): boolean => anyText.has(field) || /^[A-Z_]+$/.test(field);
const anyText = new Set([
  'host',
  'value',
  'name',
  'tags',
  'profileName',
  'label',
  'id',
  'note',
  'locale',
  'workflowId',
]);

/** What the service has answered to a page since `hearing` began. */
export class Answers {
  private readonly data = new Set<string>();

  static hearing(page: Page): Answers {
    const answers = new Answers();
    page.on('response', (response) => void answers.note(response));
    return answers;
  }

  /** The text without what came as data. */
  without(text: string): string {
    if (this.data.has(text.trim())) return '';
    // Two letters are within many words.
    const longestFirst = [...this.data].filter(({ length }) => length > 2).sort((a, b) => b.length - a.length);
    return longestFirst.reduce((rest, datum) => rest.replaceAll(datum, ' '), text);
  }

  private async note(response: Response): Promise<void> {
    if (!/json/.test(response.headers()['content-type'] ?? '')) return;
    // A page that is left takes its answers along.
    const body: unknown = await response.json().catch(() => null);
    this.keep(body);
  }

  private keep(value: unknown, field = ''): void {
    if (typeof value === 'boolean') this.data.add(String(value));
    if (typeof value === 'string' && value.length > 1 && (isAnyText(field) || !codeName.test(value))) {
      this.data.add(value);
    }
    if (Array.isArray(value)) for (const part of value) this.keep(part, field);
    else if (typeof value === 'object' && value !== null) {
      for (const [name, part] of Object.entries(value)) if (!spoken.has(name)) this.keep(part, name);
    }
  }
}
