/**
 * Makes dist/ from src/, local-stack/ and web/. Types are not checked here (npm run typecheck): a start must not wait
 * for them.
 */
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { buildInputs, stampFile } from './lib/build-stamp.mjs';
import { buildPage, compress } from './lib/page.mjs';
import { elapsed, filesUnder, helpIfAsked, inRoot, removeOld, say } from './lib/project.mjs';

/** Folders of code. dist/ holds them under the same names, so that one reaches the other by the same path. */
const code = ['src', 'local-stack/src'];

/** What has to be done, in this order; each gets the folder that becomes dist/ and may return what is worth saying. */
const steps = [
  { name: 'compile', run: compile },
  { name: 'copy what is not code', run: copyAssets },
  { name: 'bundle the workflows', run: bundleWorkflows },
  { name: 'copy the reader of the API', run: copyReader },
  { name: 'build the page', run: buildPage },
];

/** Builds next to dist/ and swaps at the end, so that half a build never runs. */
export async function build() {
  const since = performance.now();
  const inputs = buildInputs();
  const target = inRoot('.cache', `build-${process.pid}`);
  rmSync(target, { recursive: true, force: true });
  mkdirSync(target, { recursive: true });
  try {
    for (const { name, run } of steps) {
      try {
        await run(target);
      } catch (error) {
        say(`The build failed in the step "${name}".`);
        throw error;
      }
    }
    swap(target, inRoot('dist'));
  } finally {
    rmSync(target, { recursive: true, force: true });
  }
  writeFileSync(stampFile, inputs);
  say(`Built dist/ in ${elapsed(since)}.`);
}

/** TypeScript to CommonJS, file by file, as "module": "nodenext" would give it. */
async function compile(target) {
  const { transformFile } = await import('@swc/core');
  const sources = filesUnder(...code).filter(({ relative }) => relative.endsWith('.ts') && !relative.endsWith('.d.ts'));
  await Promise.all(
    sources.map(async ({ relative }) => {
      const output = path.join(target, relative.replace(/\.ts$/, '.js'));
      const { code, map } = await transformFile(inRoot(relative), {
        configFile: false,
        swcrc: false,
        jsc: { target: 'es2022', parser: { syntax: 'typescript' }, keepClassNames: true },
        // A dynamic import stays one: it is how CommonJS reaches packages that are modules only.
        // The annotation names the exports, without which such an import finds none of a module with several.
        module: { type: 'commonjs', ignoreDynamic: true, exportInteropAnnotation: true },
        sourceMaps: true,
      });
      mkdirSync(path.dirname(output), { recursive: true });
      writeFileSync(output, `${code}\n//# sourceMappingURL=${path.basename(output)}.map\n`);
      writeFileSync(`${output}.map`, map ?? '');
    }),
  );
}

/** SQL, HTML and the like, at the same place next to the code. */
function copyAssets(target) {
  for (const { relative } of filesUnder(...code)) {
    if (relative.endsWith('.ts')) continue;
    const output = path.join(target, relative);
    mkdirSync(path.dirname(output), { recursive: true });
    cpSync(inRoot(relative), output);
  }
}

/**
 * One file for the worker, made from src/ so that stack traces name what was written. The bundler is slow compared with
 * the rest, so a bundle is kept by the content that it came from.
 */
async function bundleWorkflows(target) {
  const workflowsPath = inRoot('src', 'workflows', 'index.ts');
  if (!existsSync(workflowsPath)) return;
  const kept = inRoot('.cache', 'workflow-bundles', `${workflowContent()}.js`);
  if (!existsSync(kept)) {
    const { bundleWorkflowCode, DefaultLogger } = await import('@temporalio/worker');
    const { code } = await bundleWorkflowCode({ workflowsPath, logger: new DefaultLogger('WARN') });
    mkdirSync(path.dirname(kept), { recursive: true });
    writeFileSync(`${kept}.${process.pid}`, code);
    renameSync(`${kept}.${process.pid}`, kept);
    removeOld(path.dirname(kept), 5);
  }
  cpSync(kept, path.join(target, 'src', 'workflow-bundle.js'));
}

/** Everything that may end up in the bundle; the import rules (.dependency-cruiser.cjs) allow no more. */
function workflowContent() {
  const hash = createHash('sha256').update(readFileSync(inRoot('package-lock.json')));
  for (const { relative } of filesUnder('src/workflows', 'src/contract', 'src/domain')) {
    hash.update(`${relative}\0`).update(readFileSync(inRoot(relative)));
  }
  return hash.digest('hex').slice(0, 32);
}

/** The one file of the package that the API serves, compressed: the package and what it is made from are not installed. */
async function copyReader(target) {
  const kept = inRoot('.cache', 'readers', `${readerVersion()}`);
  if (!existsSync(kept)) {
    const fresh = `${kept}.${process.pid}`;
    mkdirSync(fresh, { recursive: true });
    const bundle = inRoot('node_modules', 'openapi-explorer', 'dist', 'browser', 'openapi-explorer.min.js');
    cpSync(bundle, path.join(fresh, 'openapi-explorer.js'));
    await compress(fresh);
    renameSync(fresh, kept);
    removeOld(path.dirname(kept), 2);
  }
  cpSync(kept, path.join(target, 'reader'), { recursive: true });
}

const readerVersion = () =>
  JSON.parse(readFileSync(inRoot('node_modules', 'openapi-explorer', 'package.json'), 'utf8')).version;

function swap(fresh, place) {
  const old = `${fresh}.old`;
  if (existsSync(place)) renameSync(place, old);
  renameSync(fresh, place);
  rmSync(old, { recursive: true, force: true });
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  helpIfAsked(`
Usage: node scripts/build.mjs

Compiles src/ to dist/src and local-stack/ to dist/local-stack, copies what is not code, bundles the workflows to
dist/src/workflow-bundle.js, builds the page of web/ to dist/page.
Types are checked by: npm run typecheck
`);
  await build();
}
