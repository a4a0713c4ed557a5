import { helpIfAsked } from './lib/project.mjs';
import { runChecks } from './lib/checks.mjs';

helpIfAsked(`
Usage: npm run typecheck

Checks the types of src/ and local-stack/ (tsconfig.json), of these with test/ (tsconfig.test.json), of scripts/ and bench/
(scripts/tsconfig.json), of test/browser (test/browser/tsconfig.json), and the same of web/src and test/web (web/tsconfig.json,
web/tsconfig.test.json).
`);

const tsc = (config) => ({
  name: `types (${config})`,
  script: 'typescript/bin/tsc',
  args: ['--noEmit', '--pretty', String(process.stdout.isTTY === true), '-p', config],
});
await runChecks([
  tsc('tsconfig.json'),
  tsc('tsconfig.test.json'),
  tsc('scripts/tsconfig.json'),
  tsc('test/browser/tsconfig.json'),
  tsc('web/tsconfig.json'),
  tsc('web/tsconfig.test.json'),
]);
