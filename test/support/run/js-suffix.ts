import Module from 'node:module';

/**
 * Jest runs its global set-up outside its module system, with Node's own `require`, which knows nothing of
 * moduleNameMapper: here a relative `./x.js` that does not exist is taken for `./x.ts`, as in the tests.
 * Imported for its effect, before anything of src/.
 */
type Resolve = (request: string, ...rest: unknown[]) => string;
const loader = Module as typeof Module & { _resolveFilename: Resolve };
const resolve = loader._resolveFilename;

loader._resolveFilename = function (this: unknown, request: string, ...rest: unknown[]): string {
  try {
    return resolve.call(this, request, ...rest);
  } catch (error) {
    if (!/^\.{1,2}\/.*\.js$/.test(request)) throw error;
    return resolve.call(this, `${request.slice(0, -3)}.ts`, ...rest);
  }
};
