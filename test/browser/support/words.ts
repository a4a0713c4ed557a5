import type { Page, Response } from 'playwright-core';

/**
 * Returns texts that the page shows, or gives to a screen reader, although they are in no dictionary. In the
 * pseudo-locale every text of the dictionary is in square brackets. Any other text must be data from the API, or a
 * number, a time, or a currency that the browser formatted.
 */
export async function untranslated(page: Page, answers: Answers): Promise<string[]> {
  await answers.settled();
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
  const unknown = rests.map((rest) => withoutNames(answers.without(withoutCurrencyNames(rest))).trim());
  return [...new Set(unknown.filter(isText))];
}

/** Separates the texts of two elements. One text of the dictionary may span several, as with a link in it. */
const between = '\u0001';

/** Removes texts from the innermost outward: a text can contain another, as a sentence contains an amount. */
function withoutTexts(text: string): string {
  const stripped = text.replaceAll(/\[[^[\]]*\]/g, between);
  return stripped === text ? text : withoutTexts(stripped);
}

/** `EUR · Euro`: taken out first, because an answer may hold the code alone. */
const withoutCurrencyNames = (text: string): string => text.replaceAll(/\b[A-Z]{3} · .*/g, ' ');

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
  const currency = /\b[A-Z]{3}\b/g;
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
  private readonly pending: Promise<void>[] = [];

  static hearing(page: Page): Answers {
    const answers = new Answers();
    page.on('response', (response) => answers.pending.push(answers.note(response)));
    return answers;
  }

  /** Waits until what has arrived is read: the page may show it before. */
  async settled(): Promise<void> {
    await Promise.all(this.pending);
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
      // `webhook:bank-transfers`: the page shows the name of the source.
      const [, name] = /^webhook:(.+)$/.exec(value) ?? [];
      if (name) this.data.add(name);
    }
    if (Array.isArray(value)) for (const part of value) this.keep(part, field);
    else if (typeof value === 'object' && value !== null) {
      for (const [name, part] of Object.entries(value)) if (!spoken.has(name)) this.keep(part, name);
    }
  }
}
