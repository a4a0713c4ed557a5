import { createHash, randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker';

const root = path.join(__dirname, '../../..');

/**
 * The workflows of `src/`, bundled. Bundling takes seconds, so a bundle is kept by the content that it came from and
 * shared by all test files; a change of the code is another bundle.
 */
export async function workflowBundle(): Promise<{ codePath: string }> {
  return bundleOf(path.join(root, 'src/workflows'), ['src/workflows', 'src/contract', 'src/domain']);
}

/** Bundles `index` of a folder, kept by the content of `inputs` (paths from the root of the project). */
export async function bundleOf(folder: string, inputs: readonly string[]): Promise<{ codePath: string }> {
  const hash = createHash('sha256')
    .update(folder)
    .update(readFileSync(path.join(root, 'package-lock.json')));
  for (const input of inputs) addFolder(hash, path.join(root, input));
  const codePath = path.join(root, '.cache/test-bundles', `${hash.digest('hex').slice(0, 32)}.js`);
  if (existsSync(codePath)) return { codePath };
  const workflowsPath = ['index.ts', 'index.js'].map((name) => path.join(folder, name)).find(existsSync);
  if (workflowsPath === undefined) throw new Error(`there are no workflows in ${folder}`);
  const { code } = await bundleWorkflowCode({ workflowsPath, logger: new DefaultLogger('WARN') });
  mkdirSync(path.dirname(codePath), { recursive: true });
  // Written aside and renamed: test files run at the same time.
  const aside = `${codePath}.${randomUUID()}`;
  writeFileSync(aside, code);
  renameSync(aside, codePath);
  return { codePath };
}

function addFolder(hash: ReturnType<typeof createHash>, folder: string): void {
  for (const entry of readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const file = path.join(folder, entry.name);
    if (entry.isDirectory()) addFolder(hash, file);
    else hash.update(`${file}\0`).update(readFileSync(file));
  }
}
