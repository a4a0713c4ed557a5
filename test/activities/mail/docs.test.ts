import { readFileSync } from 'node:fs';
import path from 'node:path';
import { mailKindSpecs } from '../../../src/domain/notifications/mail-kinds.js';
import { filterSpecs } from '../../../src/mail/guard/filters.js';
import { checkTemplate } from '../../../src/mail/guard/guard.js';
import { mailKinds, variableGroups, variablesOfGroup } from '../../../src/mail/variables.js';
import { expectGenerated, markdownTable } from '../../support/docs/generated.js';

const page = readFileSync(path.join(__dirname, '../../../docs/mail-templates.md'), 'utf8');

const code = (text: string): string => `\`${text}\``;

test('the page on templates names every filter', () => {
  for (const { usage } of filterSpecs) expect(page).toContain(code(usage));
});

/** After a change of kinds or variables: `npm run docs`. */
test('it lists the kinds and the groups of their variables', () => {
  const rows = mailKinds.map((kind) => {
    const { variables, templatable } = mailKindSpecs[kind];
    return [code(kind), variables.map(code).join(', '), templatable ? 'yes' : ''];
  });
  expectGenerated('mail-templates.md', 'kinds', markdownTable([['kind', 'groups', 'can be replaced'], ...rows]));
});

test('it lists the variables of each group', () => {
  const rows = variableGroups.flatMap((group) =>
    variablesOfGroup(group).map(({ path: name, description, fields }, index) => [
      index === 0 ? code(group) : '',
      code(name),
      description.replaceAll('<', '\\<') + (fields ? `: ${fields.map(code).join(', ')}` : ''),
    ]),
  );
  expectGenerated('mail-templates.md', 'variables', markdownTable([['group', 'variable', 'meaning'], ...rows]));
});

test('its example is a template that may be saved', () => {
  const [, subject = '', text = ''] = /```\nSubject: (.*)\n([^]*?)```/.exec(page) ?? [];
  expect(checkTemplate(subject, { kind: 'low_balance', part: 'subject' })).toEqual([]);
  expect(checkTemplate(text, { kind: 'low_balance', part: 'text' })).toEqual([]);
  expect(text).toContain('rule.max');
});
