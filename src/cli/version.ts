import { readFileSync } from 'node:fs';
import path from 'node:path';
import { projectRoot } from '../embedded/project.js';

/** The version in package.json. */
export function packageVersion(): string {
  const { version } = JSON.parse(readFileSync(path.join(projectRoot, 'package.json'), 'utf8')) as { version: string };
  return version;
}
