/**
 * Writes the OpenAPI document from the operations as they are built, without a server, and from it the types with which the
 * page speaks to the API; also the page's copies of the catalogue of client fields of the kinds of notifications, rules, and
 * jobs, and of the settings of the installation.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { runTool } from './lib/checks.mjs';
import { helpIfAsked, inRoot, say } from './lib/project.mjs';

helpIfAsked(`
Usage: npm run types
       node scripts/openapi.mjs [--types]

Writes the OpenAPI document to stdout; with --types (npm run types) instead the types of the page, web/src/api/schema.ts,
and its copies of records, client-fields.ts and kinds.ts in the same folder.
`);

const require = createRequire(import.meta.url);
const { operations } = require(inRoot('dist/src', 'api', 'operations', 'index.js'));
const { openApiDocument } = require(inRoot('dist/src', 'api', 'contract', 'openapi.js'));
const { version } = JSON.parse(readFileSync(inRoot('package.json'), 'utf8'));
const document = openApiDocument(operations, { version, url: null });

if (process.argv.includes('--types')) {
  await writeTypes();
  await writeClientFields();
  await writeKinds();
} else process.stdout.write(`${JSON.stringify(document, null, 2)}\n`);

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

async function writeClientFields() {
  const { clientFieldSections } = require(inRoot('dist/src', 'domain', 'clients', 'client-fields.js'));
  await writeCopy('client-fields.ts', ['src/domain/clients/client-fields.ts'], { clientFieldSections });
}

/** Closed sets that the page lists: what it shows of each is found by name (`notifications.kind.<kind>`). */
async function writeKinds() {
  const { mailKindSpecs, listedNotificationKinds } = require(
    inRoot('dist/src', 'domain', 'notifications', 'mail-kinds.js'),
  );
  const { ruleAudienceSpecs, ruleSourceSpecs } = require(
    inRoot('dist/src', 'domain', 'monitoring', 'rule-identity.js'),
  );
  const { channelFormatSpecs } = require(inRoot('dist/src', 'domain', 'notifications', 'channels.js'));
  const { anyJobKindNames, jobKindNames, jobKindSpec } = require(inRoot('dist/src', 'domain', 'jobs', 'job-kinds.js'));
  const { installationSettings } = require(inRoot('dist/src', 'domain', 'system', 'installation-settings.js'));
  const { ownReasons } = require(inRoot('dist/src', 'domain', 'credit', 'own-reasons.js'));
  const each = (names, entryOf) => Object.fromEntries(names.map((name) => [name, entryOf(name)]));
  const jobs = (names) => each(names, (kind) => ({ reason: jobKindSpec(kind).reason }));
  const sources = [
    'notifications/mail-kinds',
    'notifications/channels',
    'monitoring/rule-identity',
    'jobs/job-kinds',
    'system/installation-settings',
    'credit/own-reasons',
  ];
  await writeCopy(
    'kinds.ts',
    sources.map((name) => `src/domain/${name}.ts`),
    {
      notificationKinds: each(listedNotificationKinds, (kind) => ({ cause: mailKindSpecs[kind].cause })),
      channelFormats: each(Object.keys(channelFormatSpecs), (format) => {
        const { kind, fields, usualUrl } = channelFormatSpecs[format];
        return { kind, fields, hasUsualUrl: usualUrl !== null };
      }),
      ruleSources: each(Object.keys(ruleSourceSpecs), (source) => ({ lowAt: ruleSourceSpecs[source].lowAt })),
      ruleAudiences: each(Object.keys(ruleAudienceSpecs), (audience) => ({
        source: ruleAudienceSpecs[audience].source,
        nameMeans: ruleAudienceSpecs[audience].name?.means ?? null,
        action: ruleAudienceSpecs[audience].action,
      })),
      jobKinds: jobs(jobKindNames),
      ownReasons,
      ownJobKinds: jobs(anyJobKindNames.filter((kind) => !jobKindNames.includes(kind))),
      installationSettings: each(Object.keys(installationSettings), (name) => {
        const { description: _description, ...spec } = installationSettings[name];
        return spec;
      }),
    },
  );
}

/**
 * @param {string} name within web/src/api
 * @param {readonly string[]} sources
 * @param {Readonly<Record<string, unknown>>} values by the name of their export
 */
async function writeCopy(name, sources, values) {
  const output = inRoot('web', 'src', 'api', name);
  const lines = Object.entries(values).map(
    ([key, value]) => `export const ${key} = ${JSON.stringify(value)} as const;`,
  );
  writeFileSync(output, [`// Written by \`npm run types\` from ${sources.join(', ')}.`, ...lines, ''].join('\n'));
  await runTool('prettier/bin/prettier.cjs', ['--write', '--log-level', 'warn', output]);
  say(`Wrote web/src/api/${name}.`);
}
