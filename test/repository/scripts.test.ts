import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';

/** Scripts and benchmarks load the built service by names that the compiler does not check. */

const root = path.join(__dirname, '../..');
const sources = { dist: 'src', localStack: 'local-stack/src' } as const;
const loads = ['scripts', 'bench'].flatMap((folder) =>
  readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.mjs'))
    .flatMap((name) => {
      const text = readFileSync(path.join(root, folder, name), 'utf8');
      return [...text.matchAll(/\b(dist|localStack)\('([^']+)\.js'\)/g)].map(([, from, file]) => ({
        script: `${folder}/${name}`,
        source: `${sources[from as keyof typeof sources]}/${file}.ts`,
      }));
    }),
);

test('every module that a script loads exists', () => {
  expect(loads.length).toBeGreaterThan(20);
  expect(loads.filter(({ source }) => !existsSync(path.join(root, source)))).toEqual([]);
});
