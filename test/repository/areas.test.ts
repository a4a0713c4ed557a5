import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';

/** `scripts/areas.mjs` on the repository, and on a folder within it that is made for the test. */

const root = path.join(__dirname, '..', '..');
const layer = path.join('.cache', `areas-${process.pid}`);
const run = (...folders: string[]) =>
  spawnSync(process.execPath, ['scripts/areas.mjs', ...folders], { cwd: root, encoding: 'utf8' });

afterEach(() => rmSync(path.join(root, layer), { recursive: true, force: true }));

test('every layer is divided by area', () => {
  expect(run()).toMatchObject({ status: 0, stderr: '' });
});

test('a folder that is no area is named', () => {
  for (const folder of ['clients', 'customers']) mkdirSync(path.join(root, layer, folder), { recursive: true });
  const { status, stderr } = run(layer);
  expect(status).toBe(1);
  expect(stderr).toContain(`${layer}/customers is not an area`);
  expect(stderr).not.toContain(`${layer}/clients is`);
});
