import { readFileSync } from 'node:fs';
import path from 'node:path';
import { filterSpecs } from '../../../src/mail/guard/filters.js';
import { checkTemplate } from '../../../src/mail/guard/guard.js';
import { mailKinds, variablesOf } from '../../../src/mail/variables.js';

const page = readFileSync(path.join(__dirname, '../../../docs/mail-templates.md'), 'utf8');

test('the page on templates names every variable, filter and kind of mail', () => {
  for (const kind of mailKinds) {
    expect(page).toContain(`\`${kind}\``);
    for (const spec of variablesOf(kind)) expect(page).toContain(`\`${spec.path}\``);
  }
  for (const { usage } of filterSpecs) expect(page).toContain(`\`${usage}\``);
});

test('its example is a template that may be saved', () => {
  const [, subject = '', text = ''] = /```\nSubject: (.*)\n([^]*?)```/.exec(page) ?? [];
  expect(checkTemplate(subject, { kind: 'low_balance', part: 'subject' })).toEqual([]);
  expect(checkTemplate(text, { kind: 'low_balance', part: 'text' })).toEqual([]);
  expect(text).toContain('rule.max');
});
