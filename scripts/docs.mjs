/**
 * Writes the tables of docs/ that derive from the code. The same tests that compare them write them.
 */
import { helpIfAsked } from './lib/project.mjs';
import { writeByTests } from './lib/write-by-tests.mjs';

helpIfAsked('Usage: npm run docs\n\nWrites the tables in docs/roles.md and docs/mail-templates.md from the code.');
writeByTests('UPDATE_DOCS', ['test/api/access/roles', 'test/activities/mail/docs']);
