import { helpIfAsked } from './lib/project.mjs';
import { runChecks } from './lib/checks.mjs';

helpIfAsked(`
Usage: npm run typecheck

Checks the types of src/ (tsconfig.json) and of src/, test/ and bench/ together (tsconfig.test.json).
`);

const tsc = (config, cache) => ({
  name: `types (${config})`,
  script: 'typescript/bin/tsc',
  args: [
    '--noEmit',
    '--pretty',
    String(process.stdout.isTTY === true),
    '-p',
    config,
    '--incremental',
    '--tsBuildInfoFile',
    `.cache/${cache}.tsbuildinfo`,
  ],
});
await runChecks([tsc('tsconfig.json', 'types'), tsc('tsconfig.test.json', 'types-test')]);
