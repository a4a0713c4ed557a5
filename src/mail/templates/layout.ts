import type { MailTemplate } from '../mail-template.js';

/**
 * How a built-in mail is put together, once for HTML and text and for every language: the number first and big, what
 * it means, the details, what to do next, and the contact.
 *
 * All strings are written in template language with `{{ }}` and hold no literal `<`, `>` or `&`, so that the same
 * string fits both parts. The HTML is laid out for mail clients: nested tables, inline styles, 600 px, colors that hold
 * in a dark mode that only knows `prefers-color-scheme` as well as in one that inverts.
 */
export interface MailCopy {
  readonly subject: string;
  /** what a list of emails shows behind the subject */
  readonly preview: string;
  readonly tone: Tone;
  /** who writes, above everything */
  readonly sender: string;
  /** what the number is */
  readonly eyebrow: string;
  /** the number, or for an event what is wrong */
  readonly headline: string;
  /** behind the number, smaller */
  readonly unit?: string;
  /** one or two sentences */
  readonly lead: string;
  /** highlighted: the last notice of a counter */
  readonly notice?: Conditional;
  readonly facts: readonly Fact[];
  /** a list of facts given by the variables: path and the names of its fields */
  readonly factList?: { readonly list: string; readonly label: string; readonly value: string };
  /** further lists given by the variables, each below its title where it is not empty */
  readonly lists?: readonly ListSection[];
  readonly nextTitle: string;
  readonly next: readonly Conditional[];
  readonly button?: { readonly when: string; readonly href: string; readonly text: string };
  readonly footer: readonly Conditional[];
}

type Tone = 'bad' | 'warning' | 'good' | 'calm';

export interface Conditional {
  /** a condition in template language; none: always */
  readonly when?: string;
  readonly text: string;
  /** instead of `text` where the HTML has a link */
  readonly html?: string;
}

export interface Fact {
  readonly when?: string;
  readonly label: string;
  readonly value: string;
}

/** A list within an email; label and value are template language, in which an item is `item`. */
interface ListSection {
  readonly when: string;
  readonly title: string;
  readonly list: string;
  readonly label: string;
  readonly value: string;
}

/** Makes the three parts of a built-in template. */
export function layOut(copy: MailCopy, language: string): MailTemplate {
  return { subject: copy.subject, html: html(copy, language), text: text(copy) };
}

function when(condition: string | undefined, body: string): string {
  return condition === undefined ? body : `{% if ${condition} %}${body}{% endif %}`;
}

function text(copy: MailCopy): string {
  const facts = copy.facts.map((fact) => when(fact.when, `${fact.label}: ${fact.value}\n`));
  const { factList: list } = copy;
  if (list)
    facts.push(`{% for fact in ${list.list} %}{{ fact.${list.label} }}: {{ fact.${list.value} }}\n{% endfor %}`);
  const button = copy.button ? when(copy.button.when, `\n${copy.button.text}: {{ ${copy.button.href} }}\n`) : '';
  return [
    `${copy.headline}${copy.unit ? ` ${copy.unit}` : ''}\n`,
    `${copy.eyebrow}\n\n${copy.lead}\n`,
    copy.notice ? when(copy.notice.when, `\n* ${copy.notice.text}\n`) : '',
    `\n${facts.join('')}`,
    ...(copy.lists ?? []).map((section) =>
      when(
        section.when,
        `\n${section.title}\n{% for item in ${section.list} %}- ${section.label}: ${section.value}\n{% endfor %}`,
      ),
    ),
    `\n${copy.nextTitle}\n`,
    ...copy.next.map((item) => when(item.when, `- ${item.text}\n`)),
    button,
    '\n-- \n',
    ...copy.footer.map((item) => when(item.when, `${item.text}\n`)),
  ].join('');
}

const sans = "-apple-system,BlinkMacSystemFont,'Segoe UI',Roboto,Helvetica,Arial,sans-serif";

/** Accent, and background and text of highlights; each at least 4.5:1 on its background. */
const tones: Readonly<Record<Tone, { accent: string; back: string; ink: string }>> = {
  bad: { accent: '#c62f2f', back: '#fdf0ef', ink: '#9b1c1c' },
  warning: { accent: '#b45309', back: '#fef6e7', ink: '#8a4208' },
  good: { accent: '#15803d', back: '#edf8f0', ink: '#166534' },
  calm: { accent: '#3b5b8c', back: '#eff3f9', ink: '#2f4a73' },
};

function html(copy: MailCopy, language: string): string {
  const tone = tones[copy.tone];
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<meta name="format-detection" content="telephone=no, date=no, address=no">
<title>${copy.subject}</title>
<style>
${styles(copy.tone)}
</style>
</head>
<body class="page" style="margin:0;padding:0;background:#f2f4f7;-webkit-text-size-adjust:100%">
<div style="display:none;max-height:0;overflow:hidden;mso-hide:all">${copy.preview}</div>
<table role="presentation" class="page" width="100%" cellpadding="0" cellspacing="0" border="0" style="background:#f2f4f7">
<tr><td align="center" style="padding:32px 12px">
<table role="presentation" width="600" cellpadding="0" cellspacing="0" border="0" style="width:100%;max-width:600px">
<tr><td class="quiet" style="padding:0 4px 14px;font:600 13px/18px ${sans};color:#5b6472">${copy.sender}</td></tr>
<tr><td class="card" style="background:#ffffff;border:1px solid #dfe3e9;border-top:4px solid ${tone.accent};border-radius:6px">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0">
<tr><td class="pad" style="padding:30px 36px 0;font:600 13px/18px ${sans};color:#5b6472"><span class="quiet">${copy.eyebrow}</span></td></tr>
<tr><td class="pad" style="padding:4px 36px 0">${headline(copy)}</td></tr>
<tr><td class="pad ink" style="padding:14px 36px 0;font:400 16px/24px ${sans};color:#1f2630">${copy.lead}</td></tr>
${copy.notice ? when(copy.notice.when, notice(copy.notice.text, tone)) : ''}${factTable(copy)}${listTables(copy)}${nextSteps(copy)}${copy.button ? when(copy.button.when, button(copy.button)) : ''}<tr><td style="padding:0 0 32px;font-size:0;line-height:0">&nbsp;</td></tr>
</table>
</td></tr>
<tr><td class="quiet" style="padding:18px 4px 0;font:400 12px/18px ${sans};color:#5b6472">${copy.footer.map((item) => when(item.when, `${item.html ?? item.text}<br>\n`)).join('')}</td></tr>
</table>
</td></tr>
</table>
</body>
</html>
`;
}

/** For the mail clients that read a style sheet; the others have the inline styles. */
function styles(tone: Tone): string {
  const dark = { bad: '#ff9c94', warning: '#fbbf6b', good: '#7fd69a', calm: '#a9c3ee' }[tone];
  return `:root { color-scheme: light dark; }
@media (max-width: 480px) {
  .pad { padding-left: 22px !important; padding-right: 22px !important; }
  .number { font-size: 36px !important; line-height: 42px !important; }
}
@media (prefers-color-scheme: dark) {
  .page { background: #14181e !important; }
  .card { background: #1d232c !important; border-left-color: #323b47 !important; border-right-color: #323b47 !important; border-bottom-color: #323b47 !important; }
  .ink { color: #e8ebf0 !important; }
  .quiet { color: #a4adba !important; }
  .rule { border-color: #323b47 !important; }
  .number, .accent { color: ${dark} !important; }
  .notice { background: #262d38 !important; color: ${dark} !important; }
  .link { color: #9dbcf5 !important; }
}`;
}

function headline(copy: MailCopy): string {
  const { accent } = tones[copy.tone];
  if (copy.unit === undefined) {
    return `<span class="number" style="font:700 26px/34px ${sans};color:${accent}">${copy.headline}</span>`;
  }
  const unit = `<span class="accent" style="font:600 20px/50px ${sans};color:${accent};white-space:nowrap">&nbsp;${copy.unit}</span>`;
  return `<span class="number" style="font:700 44px/50px ${sans};letter-spacing:-0.5px;color:${accent};font-variant-numeric:tabular-nums">${copy.headline}</span>${unit}`;
}

function notice(words: string, tone: { back: string; ink: string }): string {
  return `<tr><td class="pad" style="padding:18px 36px 0"><table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0"><tr><td class="notice" style="padding:12px 16px;border-radius:4px;background:${tone.back};font:600 14px/20px ${sans};color:${tone.ink}">${words}</td></tr></table></td></tr>
`;
}

function factTable(copy: MailCopy): string {
  const rows = copy.facts.map((fact) => when(fact.when, factRow(fact.label, fact.value)));
  const { factList: list } = copy;
  if (list) {
    rows.push(
      `{% for fact in ${list.list} %}${factRow(`{{ fact.${list.label} }}`, `{{ fact.${list.value} }}`)}{% endfor %}`,
    );
  }
  return `<tr><td class="pad" style="padding:22px 36px 0"><table role="presentation" class="rule" width="100%" cellpadding="0" cellspacing="0" border="0" style="border-top:1px solid #e3e7ed">
${rows.join('')}</table></td></tr>
`;
}

function listTables(copy: MailCopy): string {
  return (copy.lists ?? [])
    .map(({ when: condition, title, list, label, value }) =>
      when(
        condition,
        `<tr><td class="pad" style="padding:24px 36px 0"><p class="ink" style="margin:0 0 8px;font:700 15px/22px ${sans};color:#1f2630">${title}</p>
<table role="presentation" class="rule" width="100%" cellpadding="0" cellspacing="0" border="0" style="border-top:1px solid #e3e7ed">
{% for item in ${list} %}${factRow(label, value)}{% endfor %}</table></td></tr>
`,
      ),
    )
    .join('');
}

function factRow(label: string, value: string): string {
  const cell = `class="rule" style="padding:9px 0;border-bottom:1px solid #e3e7ed`;
  return `<tr><td ${cell};font:400 14px/20px ${sans};color:#5b6472" valign="top"><span class="quiet">${label}</span></td><td ${cell};padding-left:16px;font:600 14px/20px ${sans};color:#1f2630;font-variant-numeric:tabular-nums" align="right" valign="top"><span class="ink">${value}</span></td></tr>
`;
}

function nextSteps(copy: MailCopy): string {
  const items = copy.next.map((item) =>
    when(
      item.when,
      `<p class="ink" style="margin:8px 0 0;font:400 15px/23px ${sans};color:#1f2630">${item.html ?? item.text}</p>\n`,
    ),
  );
  return `<tr><td class="pad" style="padding:24px 36px 0"><p class="ink" style="margin:0;font:700 15px/22px ${sans};color:#1f2630">${copy.nextTitle}</p>
${items.join('')}</td></tr>
`;
}

function button({ href, text: words }: { readonly href: string; readonly text: string }): string {
  return `<tr><td class="pad" style="padding:22px 36px 0"><table role="presentation" cellpadding="0" cellspacing="0" border="0"><tr><td style="border-radius:4px;background:#24497f"><a href="{{ ${href} }}" style="display:inline-block;padding:11px 20px;font:600 15px/20px ${sans};color:#ffffff;text-decoration:none">${words}</a></td></tr></table></td></tr>
`;
}
