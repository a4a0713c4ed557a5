/**
 * Writes src/storage/schema.txt: the schema that the migrations make. The same test that compares it writes it.
 */
import { helpIfAsked } from './lib/project.mjs';
import { writeByTests } from './lib/write-by-tests.mjs';

helpIfAsked('Usage: npm run schema\n\nWrites src/storage/schema.txt from a freshly migrated database.');
writeByTests('UPDATE_SCHEMA', ['test/activities/system/schema']);
