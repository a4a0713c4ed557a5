import fc from 'fast-check';
import { compileTemplate } from '../../../src/mail/guard/guard.js';
import { runProgram } from '../../../src/mail/guard/program.js';
import { viewOf } from '../../../src/mail/guard/values.js';
import { sampleVariables } from '../../../src/mail/variables.js';

/** Pieces from which templates are thrown together, legal and otherwise. */
const pieces = [
  ...[
    '${',
    '}',
    '{{',
    '}}',
    '{%',
    '%}',
    '{#',
    '#}',
    '-',
    ' ',
    '\n',
    '"',
    "'",
    '\\',
    '.',
    '[',
    ']',
    '(',
    ')',
    ',',
    '|',
    '<',
    '>',
    '=',
    '==',
  ],
  ...[
    'if',
    'else',
    'elif',
    'endif',
    'for',
    'in',
    'endfor',
    'raw',
    'endraw',
    'and',
    'or',
    'not',
    'set',
    'include',
    'macro',
    'r/a/',
  ],
  ...[
    'client',
    'name',
    'event',
    'facts',
    'label',
    'x',
    'loop',
    'index',
    'constructor',
    '__proto__',
    'range',
    'upper',
    'default',
    '1',
    '-1',
    '1.5',
    'none',
  ],
  ...[
    '{% if client.name %}',
    '{% endif %}',
    '{% for x in event.facts %}',
    '{% endfor %}',
    '${client.name}',
    "{{ x['label'] }}",
    'text',
  ],
];
const source = fc.oneof(
  fc.array(fc.constantFrom(...pieces), { maxLength: 25 }).map((parts) => parts.join('')),
  fc.array(fc.constantFrom(...pieces), { maxLength: 25 }).map((parts) => parts.join(' ')),
  fc.string({ unit: 'binary', maxLength: 60 }),
);

const reader = { locale: 'en', timeZone: 'UTC' };

test('whatever is written, the guard answers with a program that runs or with faults that have a place', () => {
  const secret = 'not listed';
  const variables = {
    ...sampleVariables('staff_event'),
    secret,
    client: { name: 'N', id: '1', secret, constructor: secret },
  };
  const view = viewOf('staff_event', variables, reader);
  let programs = 0;
  fc.assert(
    fc.property(source, fc.constantFrom('subject', 'html', 'text'), (template, part) => {
      const { program, faults } = compileTemplate(template, { kind: 'staff_event', part });
      expect(program === null).toBe(faults.length > 0);
      const lines = template.split('\n').length;
      for (const { line, column } of faults) {
        expect(line).toBeGreaterThanOrEqual(1);
        expect(line).toBeLessThanOrEqual(lines);
        expect(column).toBeGreaterThanOrEqual(1);
      }
      if (!program) return;
      programs += 1;
      expect(runProgram(program, view, reader)).not.toContain(secret);
    }),
    { numRuns: 4_000 },
  );
  expect(programs).toBeGreaterThan(100);
});
