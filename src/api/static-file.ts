import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import zlib from 'node:zlib';
import type { Request, Response } from 'express';

/** A file as it is sent. It is kept in memory: there are few, and they do not change while the process runs. */
export interface StaticFile {
  readonly type: string;
  readonly cache: string;
  readonly plain: Buffer;
  /** null: the file is small, or does not shrink */
  readonly br: Buffer | null;
  readonly gzip: Buffer | null;
}

/** Of a file whose name changes with its content. */
export const forever = 'public, max-age=31536000, immutable';

/** With the compressed files that the build has put next to it. */
export function readStaticFile(name: string, cache: string): StaticFile {
  const packed = (suffix: string): Buffer | null =>
    existsSync(`${name}${suffix}`) ? readFileSync(`${name}${suffix}`) : null;
  return { type: path.extname(name), cache, plain: readFileSync(name), br: packed('.br'), gzip: packed('.gz') };
}

/** Compresses a text that is made while the process runs. */
export async function compressed(type: string, text: string, cache: string): Promise<StaticFile> {
  const plain = Buffer.from(text);
  const [br, gzip] = await Promise.all([
    promisify(zlib.brotliCompress)(plain, { params: { [zlib.constants.BROTLI_PARAM_QUALITY]: 6 } }),
    promisify(zlib.gzip)(plain),
  ]);
  return { type, cache, plain, br, gzip };
}

export function sendStaticFile(req: Request, res: Response, file: StaticFile): void {
  res.type(file.type).set('Vary', 'Accept-Encoding').set('Cache-Control', file.cache);
  const accepted = new Set(req.acceptsEncodings());
  if (file.br && accepted.has('br')) res.set('Content-Encoding', 'br').send(file.br);
  else if (file.gzip && accepted.has('gzip')) res.set('Content-Encoding', 'gzip').send(file.gzip);
  else res.send(file.plain);
}
