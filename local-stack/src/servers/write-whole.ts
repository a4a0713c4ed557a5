import { renameSync, writeFileSync } from 'node:fs';

/** Writes a file that only its owner may read, so that a reader, or a start after a crash, never finds a part of it. */
export function writeWhole(file: string, text: string): void {
  const fresh = `${file}.${process.pid}.new`;
  writeFileSync(fresh, text, { mode: 0o600 });
  renameSync(fresh, file);
}
