import { existsSync, readFileSync, writeFileSync } from 'node:fs';

/**
 * A secret that is made once and then stays in a file that its owner alone can read.
 *
 * @param make makes it when the file is not there
 */
export function loadOrCreateSecret(file: string, make: () => string): string {
  if (!existsSync(file)) writeFileSync(file, `${make()}\n`, { mode: 0o600 });
  return readFileSync(file, 'utf8').trim();
}
