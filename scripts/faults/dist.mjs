import { createRequire } from 'node:module';
import { inRoot } from '../lib/project.mjs';

const require = createRequire(import.meta.url);

/** A module of the built service. */
export const dist = (file) => require(inRoot('dist/src', file));

/** A module of the built local stack. */
export const localStack = (file) => require(inRoot('dist/local-stack/src', file));

/** A package of the service. */
export const packageOf = (name) => require(name);
