import { filesUnder, inRoot, stampOf } from './project.mjs';

/** Holds the stamp of the sources from which dist/ was built. */
export const stampFile = inRoot('.cache', 'build-stamp');

/** The stamp of everything that dist/ is made from. */
export const buildInputs = () =>
  stampOf(filesUnder('src', 'scripts/build.mjs', 'scripts/lib/build-stamp.mjs', 'package-lock.json'));
