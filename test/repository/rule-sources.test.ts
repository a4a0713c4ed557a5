import { readFileSync } from 'node:fs';
import path from 'node:path';
import { ruleKeyForms, ruleKeyPattern } from '../../src/domain/monitoring/rule-identity.js';

const root = path.join(__dirname, '../..');

test('the database takes the keys of a profile’s rules that the record allows', () => {
  const migration = readFileSync(path.join(root, 'src/storage/migrations/000003_profiles.sql'), 'utf8');
  const [, pattern] = /\n\s+key\s+text not null check \(key ~ '([^']*)'\)/.exec(migration) ?? [];
  expect(pattern).toBe(ruleKeyPattern('profile'));
});

test.each(['concepts.md', 'scenarios.md'])('docs/%s lists the forms of keys', (page) => {
  const text = readFileSync(path.join(root, 'docs', page), 'utf8');
  expect(ruleKeyForms.filter((form) => !text.includes(`\`${form}\``))).toEqual([]);
});
