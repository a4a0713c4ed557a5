/**
 * The program behind the npm scripts: prepares (scripts/prepare.mjs), then runs the program in this process, so that it
 * gets signals and its exit code is npm's. Needs no package.
 */
import { pathToFileURL } from 'node:url';
import { fail, inRoot } from './lib/project.mjs';

const command = (name) => ({ file: 'dist/src/cli/main.js', args: [name], builds: true });
const script = (file, /** @type {{ args?: string[], builds?: boolean }} */ { args = [], builds = true } = {}) => ({
  file,
  args,
  builds,
});

/** By the name of the npm script. */
const programs = {
  start: command('start'),
  api: command('api'),
  worker: command('worker'),
  migrate: command('migrate'),
  simulate: command('simulate'),
  doctor: command('doctor'),
  test: script('scripts/test.mjs'),
  lint: script('scripts/lint.mjs', { builds: false }),
  typecheck: script('scripts/typecheck.mjs', { builds: false }),
  types: script('scripts/openapi.mjs', { args: ['--types'] }),
  schema: script('scripts/schema.mjs'),
  docs: script('scripts/docs.mjs'),
  bench: script('bench/main.mjs'),
  faults: script('scripts/faults.mjs'),
  screenshots: script('scripts/screenshots.mjs'),
};

const [node = process.execPath, , name = '', ...given] = process.argv;
const program = Object.hasOwn(programs, name) ? programs[name] : null;
if (!program) fail(`There is no program "${name}".`, `Choose one of: ${Object.keys(programs).join(', ')}.`);

// Each reads its arguments from process.argv, as if it had been started itself.
process.argv = [node, inRoot('scripts/prepare.mjs'), ...(program.builds ? ['--build'] : [])];
await import('./prepare.mjs');
const file = inRoot(program.file);
process.argv = [node, file, ...program.args, ...given];
await import(pathToFileURL(file).href);
