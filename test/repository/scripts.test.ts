import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';

/** Scripts and benchmarks load the built service by names that the compiler does not check. */

const root = path.join(__dirname, '../..');
const sources = { dist: 'src', localStack: 'local-stack/src' } as const;

interface Load {
  readonly script: string;
  readonly source: string;
  /** what it takes from the module; null: the whole module */
  readonly names: readonly string[] | null;
}

const scripts = ['scripts', 'bench'].flatMap((folder) =>
  readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.mjs'))
    .map((name) => `${folder}/${name}`),
);
const loads = scripts.flatMap((script) => loadsIn(script, readFileSync(path.join(root, script), 'utf8')));

/** `dist('a.js').name`, and `const { name, other: own } = dist('a.js')`. */
function loadsIn(script: string, text: string): Load[] {
  const pattern = /(?:\{([^{}]*)\} = (?:await )?)?\b(dist|localStack)\('([^']+)\.js'\)(?:\.(\w+))?/g;
  return [...text.matchAll(pattern)].map(([, taken, from, file, member]) => ({
    script,
    source: `${sources[from as keyof typeof sources]}/${file}.ts`,
    names: member !== undefined ? [member] : taken === undefined ? null : namesIn(taken),
  }));
}

function namesIn(taken: string): string[] {
  return taken.split(',').flatMap((part) => /^\s*(\w+)/.exec(part)?.[1] ?? []);
}

/** What a load asks for that its module does not export. */
function missing({ source, names }: Load): string[] {
  if (!existsSync(path.join(root, source))) return [source];
  const text = readFileSync(path.join(root, source), 'utf8');
  return (names ?? []).filter(
    (name) => !new RegExp(`^export (?:async )?(?:function\\*?|const|class) ${name}\\b`, 'm').test(text),
  );
}

test('every module that a script loads exists, and exports what the script takes from it', () => {
  expect(loads.filter(({ names }) => names !== null).length).toBeGreaterThan(20);
  expect(loads.map((load) => ({ ...load, missing: missing(load) })).filter((load) => load.missing.length > 0)).toEqual(
    [],
  );
});

test('a name that a module does not export is found', () => {
  const text =
    "const { openDatabase, gone: own } = dist('storage/system/database.js');\nawait dist('config.js').lost();";
  expect(loadsIn('a.mjs', text).map(missing)).toEqual([['gone'], ['lost']]);
});
