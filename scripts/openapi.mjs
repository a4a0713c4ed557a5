/**
 * Writes the OpenAPI document from the operations as they are built, without a server, and from it the types with which the
 * page speaks to the API.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { runTool } from './lib/checks.mjs';
import { helpIfAsked, inRoot, say } from './lib/project.mjs';

helpIfAsked(`
Usage: npm run types
       node scripts/openapi.mjs [--types]

Writes the OpenAPI document to stdout; with --types (npm run types) instead the types of the page, web/src/api/schema.ts.
`);

const require = createRequire(import.meta.url);
const { operations } = require(inRoot('dist/src', 'api', 'operations', 'index.js'));
const { openApiDocument } = require(inRoot('dist/src', 'api', 'contract', 'openapi.js'));
const { version } = JSON.parse(readFileSync(inRoot('package.json'), 'utf8'));
const document = openApiDocument(operations, { version, url: null });

if (process.argv.includes('--types')) await writeTypes();
else process.stdout.write(`${JSON.stringify(document, null, 2)}\n`);

async function writeTypes() {
  const input = inRoot('.cache', 'openapi.json');
  const output = inRoot('web', 'src', 'api', 'schema.ts');
  mkdirSync(inRoot('.cache'), { recursive: true });
  writeFileSync(input, JSON.stringify(document));
  // A field with a default may be left out of what is sent.
  if (!(await runTool('openapi-typescript/bin/cli.js', [input, '-o', output, '--default-non-nullable=false'])))
    process.exit(1);
  // By this line test/web/schema.test.ts sees that the operations have changed since.
  const { paths, components } = document;
  const mark = createHash('sha256').update(JSON.stringify({ paths, components })).digest('hex').slice(0, 16);
  writeFileSync(output, `// Written by \`npm run types\` from document ${mark}.\n${readFileSync(output, 'utf8')}`);
  await runTool('prettier/bin/prettier.cjs', ['--write', '--log-level', 'warn', output]);
  say('Wrote web/src/api/schema.ts.');
}
