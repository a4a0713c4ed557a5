import { helpIfAsked } from './lib/project.mjs';
import { runChecks } from './lib/checks.mjs';

helpIfAsked(`
Usage: npm run lint

Checks the rules of eslint.config.mjs, the import rules of .dependency-cruiser.cjs and .dependency-cruiser.web.cjs, the
sizes of folders and files (scripts/sizes.mjs), the names of areas (scripts/areas.mjs), and the layout (prettier).
To put the layout right: npx prettier --write .
`);

const cache = ['--cache', '--cache-location'];
await runChecks([
  {
    name: 'rules (eslint)',
    script: 'eslint/bin/eslint.js',
    args: [
      'src',
      'local-stack/src',
      'test',
      'bench',
      'web/src',
      '--no-error-on-unmatched-pattern',
      ...cache,
      '.cache/eslint',
    ],
  },
  {
    name: 'import rules (dependency-cruiser)',
    script: 'dependency-cruiser/bin/dependency-cruise.mjs',
    args: ['src', 'local-stack/src', '--config', '.dependency-cruiser.cjs', '--output-type', 'err-long'],
  },
  {
    name: 'import rules of the page (dependency-cruiser)',
    script: 'dependency-cruiser/bin/dependency-cruise.mjs',
    args: ['web/src', '--config', '.dependency-cruiser.web.cjs', '--output-type', 'err-long'],
  },
  {
    name: 'sizes of folders and files',
    script: './scripts/sizes.mjs',
    args: [],
  },
  {
    name: 'areas',
    script: './scripts/areas.mjs',
    args: [],
  },
  {
    name: 'unused files, exports, and packages (knip)',
    script: 'knip/bin/knip.js',
    args: ['--no-progress', '--treat-config-hints-as-errors'],
  },
  {
    name: 'layout (prettier)',
    script: 'prettier/bin/prettier.cjs',
    args: [
      '--check',
      '--log-level',
      'warn',
      ...cache,
      '.cache/prettier',
      '{src,local-stack/src,test,bench,scripts,web/src}/**/*.{ts,tsx,css,mjs,cjs}',
      'web/*.{ts,cjs}',
      '*.{mjs,cjs}',
      '.dependency-cruiser.cjs',
    ],
  },
]);
