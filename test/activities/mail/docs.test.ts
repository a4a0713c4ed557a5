import { readFileSync } from 'node:fs';
import path from 'node:path';
import { filterSpecs } from '../../../src/mail/guard/filters.js';
import { checkTemplate } from '../../../src/mail/guard/guard.js';
import { mailKinds, variablesOf } from '../../../src/mail/variables.js';

const page = readFileSync(path.join(__dirname, '../../../docs/mail-templates.md'), 'utf8');

test('the page on templates names every filter, and exactly the kinds and variables that exist', () => {
  const [, values = ''] = /\n## Values\n([^]*?)\n## /.exec(page) ?? [];
  const kinds = [...values.matchAll(/`([a-z]+_[a-z_]+)`/g)].map(([, kind]) => kind ?? '');
  const known = new Set(mailKinds.flatMap((kind) => variablesOf(kind).map(({ path: name }) => name)));
  const named = new Set([...values.matchAll(/`([a-z_]+(?:\.[a-z_]+)?)`/g)].map(([, name]) => name ?? ''));
  const listed = [...values.matchAll(/^\| (`.*?) +\|/gm)].flatMap(([, cell]) => cell?.match(/[\w.]+/g) ?? []);
  expect(new Set(kinds.filter((name) => !known.has(name)))).toEqual(new Set(mailKinds));
  expect([...known].filter((name) => !named.has(name))).toEqual([]);
  expect(listed.filter((name) => !known.has(name))).toEqual([]);
  for (const { usage } of filterSpecs) expect(page).toContain(`\`${usage}\``);
});

test('its example is a template that may be saved', () => {
  const [, subject = '', text = ''] = /```\nSubject: (.*)\n([^]*?)```/.exec(page) ?? [];
  expect(checkTemplate(subject, { kind: 'low_balance', part: 'subject' })).toEqual([]);
  expect(checkTemplate(text, { kind: 'low_balance', part: 'text' })).toEqual([]);
  expect(text).toContain('rule.max');
});
