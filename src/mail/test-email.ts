import { escapeHtml } from './guard/program.js';

/** What is written into every test of a template, in the language of the email. */
const marks = {
  en: {
    subject: '[Test]',
    line: 'Test email: sent from the template editor. It is no notification and counts for no rule.',
  },
  uk: {
    subject: '[Тест]',
    line: 'Тестовий лист із редактора шаблонів. Це не сповіщення, і жодне правило його не рахує.',
  },
} as const;

interface Parts {
  readonly subject: string;
  readonly html: string;
  readonly text: string;
}

/** Marks a rendered email as a test, in the subject and in both formats. */
export function markTest({ subject, html, text }: Parts, locale: string): Parts {
  const mark = locale.toLowerCase().startsWith('uk') ? marks.uk : marks.en;
  const banner =
    '<p style="margin:0;padding:8px 16px;background:#fff3bf;color:#5c4400;font:14px/1.4 sans-serif">' +
    `${escapeHtml(mark.line)}</p>`;
  return {
    subject: `${mark.subject} ${subject}`,
    html: /<body[^>]*>/i.test(html) ? html.replace(/<body[^>]*>/i, (body) => body + banner) : banner + html,
    text: `${mark.line}\n\n${text}`,
  };
}
