/**
 * Writes src/storage/schema.txt: the schema that the migrations make. The same test that compares it writes it.
 */
import { spawnSync } from 'node:child_process';
import { helpIfAsked, inRoot } from './lib/project.mjs';

helpIfAsked('Usage: npm run schema\n\nWrites src/storage/schema.txt from a freshly migrated database.');
const { status } = spawnSync(
  process.execPath,
  [
    inRoot('node_modules/jest/bin/jest.js'),
    '--selectProjects',
    'activities',
    '--testPathPatterns',
    'activities/schema',
  ],
  { stdio: 'inherit', env: { ...process.env, UPDATE_SCHEMA: '1' } },
);
process.exitCode = status ?? 1;
