import { filesUnder, inRoot, stampOf } from './project.mjs';

/** Everything that the page is made from. */
export const pageSources = [
  'web/src',
  'web/public',
  'web/index.html',
  'web/vite.config.ts',
  'web/postcss.config.cjs',
  'package-lock.json',
  'scripts/lib/page.mjs',
];

/** Holds the stamp of the sources from which dist/ was built. */
export const stampFile = inRoot('.cache', 'build-stamp');

/** The stamp of everything that dist/ is made from. */
export const buildInputs = () =>
  stampOf(filesUnder('src', 'local-stack/src', ...pageSources, 'scripts/build.mjs', 'scripts/lib/build-stamp.mjs'));
