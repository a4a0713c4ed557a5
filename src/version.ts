import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** The folder of package.json; the same from src/ and from dist/. */
export const projectRoot = folderOfPackage(__dirname);

/** The version in package.json. */
export function packageVersion(): string {
  const { version } = JSON.parse(readFileSync(path.join(projectRoot, 'package.json'), 'utf8')) as { version: string };
  return version;
}

function folderOfPackage(folder: string): string {
  return existsSync(path.join(folder, 'package.json')) ? folder : folderOfPackage(path.dirname(folder));
}
