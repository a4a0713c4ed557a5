import type { MailTemplate } from '../../../src/mail/mail-template.js';
import { renderMail, type MailToRender } from '../../../src/mail/render.js';
import { sampleVariables, type MailKind, type MailVariables } from '../../../src/mail/variables.js';

type Group = Readonly<Record<string, string | number | null>>;

/** The sample of a kind, with some values replaced: `{ client: { name: 'X' }, threshold: '5.00' }`. */
export function sample(kind: MailKind, changes: Readonly<Record<string, string | Group>> = {}): MailVariables {
  const merged: Record<string, MailVariables[string]> = { ...sampleVariables(kind) };
  for (const [name, change] of Object.entries(changes)) {
    const before = merged[name];
    merged[name] = typeof change === 'string' || typeof before !== 'object' ? change : { ...before, ...change };
  }
  return merged;
}

export function render(changes: Partial<MailToRender> = {}): ReturnType<typeof renderMail> {
  const kind = changes.kind ?? 'low_balance';
  return renderMail({
    kind,
    template: null,
    variables: sample(kind),
    locale: 'en',
    timeZone: 'Europe/Kyiv',
    ...changes,
  });
}

export const own = (template: Partial<MailTemplate>): MailTemplate => ({
  subject: 'S',
  html: '<p>H</p>',
  text: 'T',
  ...template,
});
