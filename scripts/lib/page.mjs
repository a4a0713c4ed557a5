import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import zlib from 'node:zlib';
import { pageSources } from './build-stamp.mjs';
import { filesUnder, inRoot, removeOld, say } from './project.mjs';

/**
 * The most script that any page loads before it shows, in bytes as gzip sends them. Charts and the editor come later.
 */
const firstLoadLimit = 400_000;

/** The page of web/, built to `<target>/page`. A build is kept by the content that it came from. */
export async function buildPage(target) {
  const id = pageContent();
  const kept = inRoot('.cache', 'pages', id);
  if (!existsSync(kept)) {
    const fresh = `${kept}.${process.pid}`;
    rmSync(fresh, { recursive: true, force: true });
    try {
      await vite(fresh, id);
      const manifest = takeManifest(fresh);
      checkOrder(manifest);
      checkBudget(fresh, manifest);
      await compress(fresh);
      renameSync(fresh, kept);
    } finally {
      rmSync(fresh, { recursive: true, force: true });
    }
    removeOld(path.dirname(kept), 3);
  }
  cpSync(kept, path.join(target, 'page'), { recursive: true });
}

function pageContent() {
  const hash = createHash('sha256');
  for (const { relative } of filesUnder(...pageSources)) {
    hash.update(`${relative}\0`).update(readFileSync(inRoot(relative)));
  }
  return hash.digest('hex').slice(0, 16);
}

/** Says nothing unless it fails; the id ends up in the page and in page.json, by which a tab sees that it is stale. */
async function vite(outDir, id) {
  const args = [inRoot('node_modules', 'vite', 'bin', 'vite.js'), 'build', '--outDir', outDir, '--manifest'];
  const child = spawn(process.execPath, [...args, '--logLevel', 'warn'], {
    cwd: inRoot('web'),
    env: { ...process.env, NODE_ENV: 'production', LOWWATER_PAGE_ID: id },
    stdio: ['ignore', 2, 2],
  });
  const code = await new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  if (code !== 0) throw new Error(`vite build ended with ${code}; its message is above`);
}

/** What imports what; nothing that the service would serve. */
function takeManifest(folder) {
  const file = path.join(folder, '.vite', 'manifest.json');
  const manifest = JSON.parse(readFileSync(file, 'utf8'));
  rmSync(path.dirname(file), { recursive: true });
  return manifest;
}

/** Refuses chunks that import each other: one of them would run before what it needs is there, and the page stay empty. */
function checkOrder(manifest) {
  const done = new Set();
  const visit = (name, above) => {
    if (above.includes(name)) {
      const cycle = [...above.slice(above.indexOf(name)), name].map((one) => manifest[one].file);
      throw new Error(
        `chunks of the page import each other: ${cycle.join(' -> ')}. Mend the groups of web/vite.config.ts.`,
      );
    }
    if (done.has(name)) return;
    for (const imported of manifest[name].imports ?? []) visit(imported, [...above, name]);
    done.add(name);
  };
  for (const name of Object.keys(manifest)) visit(name, []);
}

/** Holds every page under the limit: its own chunk with all that it needs at once, and the entry. */
function checkBudget(folder, manifest) {
  const entry = 'index.html';
  const panel = 'panel.html';
  for (const name of [entry, panel]) if (!manifest[name]) throw new Error(`the manifest does not name ${name}`);
  // The entry imports the frame of the page when it runs.
  const frame = 'src/app/start.tsx';
  if (!manifest[frame]) throw new Error(`the manifest does not name ${frame}`);
  const sizeOf = (file) => zlib.gzipSync(readFileSync(path.join(folder, file))).length;
  const sizes = new Map(Object.values(manifest).map(({ file }) => [file, file.endsWith('.js') ? sizeOf(file) : 0]));
  const sizeOfFile = (file) => sizes.get(file) ?? 0;
  const pages = Object.keys(manifest).filter((name) => /^src\/pages\/.+\/index\.tsx$/.test(name));
  if (pages.length === 0) throw new Error('the manifest names no page of src/pages');
  for (const page of [entry, panel, ...pages]) {
    const needed = page === panel ? [panel] : [entry, frame, page];
    const files = [...closure(manifest, needed)].map((name) => manifest[name].file);
    const bytes = [...new Set(files)].reduce((sum, file) => sum + sizeOfFile(file), 0);
    if (bytes <= firstLoadLimit) continue;
    for (const file of files.sort((a, b) => sizeOfFile(b) - sizeOfFile(a)).slice(0, 8)) {
      say(`  ${String(Math.round(sizeOfFile(file) / 1000)).padStart(4)} kB ${file}`);
    }
    throw new Error(
      `${page} loads ${Math.round(bytes / 1000)} kB of gzipped script before it shows; the limit is ${firstLoadLimit / 1000} kB. ` +
        'Import what is not needed at once (charts, the editor) with import().',
    );
  }
}

/** A chunk and everything that it imports before it runs. */
function closure(manifest, names, found = new Set()) {
  for (const name of names) {
    if (found.has(name)) continue;
    found.add(name);
    closure(manifest, manifest[name].imports ?? [], found);
  }
  return found;
}

/** Next to each file that shrinks, its brotli and gzip: done once here, not at every request. */
export async function compress(folder) {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(html|js|css|svg|json)$/.test(entry.name))
    .map((entry) => path.join(entry.parentPath ?? entry.path, entry.name));
  await Promise.all(
    files.map(async (file) => {
      const plain = readFileSync(file);
      if (plain.length < 1024) return;
      const hint = { params: { [zlib.constants.BROTLI_PARAM_SIZE_HINT]: plain.length } };
      writeFileSync(`${file}.br`, await promisify(zlib.brotliCompress)(plain, hint));
      writeFileSync(`${file}.gz`, await promisify(zlib.gzip)(plain, { level: 9 }));
    }),
  );
}
