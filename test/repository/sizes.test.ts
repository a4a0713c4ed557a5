import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** `scripts/sizes.mjs` on a folder within the repository that is made for the test. */

const root = path.join(__dirname, '..', '..');
const folder = path.join('.cache', `sizes-${process.pid}`);
const run = () => spawnSync(process.execPath, ['scripts/sizes.mjs', folder], { cwd: root, encoding: 'utf8' });
const write = (file: string, lines: number) => writeFileSync(path.join(root, folder, file), 'x\n'.repeat(lines));

beforeEach(() => mkdirSync(path.join(root, folder, 'area'), { recursive: true }));
afterEach(() => rmSync(path.join(root, folder), { recursive: true, force: true }));

test('folders of 20 files and files of 300 lines are in order', () => {
  for (let n = 1; n <= 20; n++) write(`area/file-${n}.ts`, 300);
  expect(run()).toMatchObject({ status: 0, stderr: '' });
});

test('a fuller folder and a longer file are named, at any depth', () => {
  for (let n = 1; n <= 21; n++) write(`area/file-${n}.ts`, 1);
  write('long.tsx', 301);
  const { status, stderr } = run();
  expect(status).toBe(1);
  expect(stderr.trim().split('\n').sort()).toEqual([
    `${folder}/area has 21 files, more than 20`,
    `${folder}/long.tsx has 301 lines, more than 300`,
  ]);
});
