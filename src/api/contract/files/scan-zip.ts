import { createInflateRaw } from 'node:zlib';

/**
 * Looks through a ZIP archive before anything reads it: how many entries it has, and how large they really are. What the
 * archive says of itself is not trusted. The memory does not grow with what the entries inflate to.
 */

export interface ZipLimits {
  readonly entries: number;
  /** inflated bytes of all entries */
  readonly bytes: number;
  /** inflated bytes of one entry for each of its compressed ones, once it is larger than `ratioFrom` bytes */
  readonly ratio: number;
  readonly ratioFrom: number;
}

/** @returns what is wrong with the archive, as a fragment that begins with "must"; null: nothing */
export async function scanZip(file: Buffer, limits: ZipLimits): Promise<string | null> {
  const entries = readDirectory(file, limits.entries);
  if (typeof entries === 'string') return entries;
  let total = 0;
  for (const entry of entries) {
    const most = Math.min(limits.bytes - total, Math.max(limits.ratioFrom, entry.data.length * limits.ratio));
    const size = entry.isStored ? entry.data.length : await inflatedSize(entry.data, most);
    if (size === null) return damaged;
    if (size > most || size > entry.declared) {
      return 'must not be compressed this much: its content is larger than a workbook of 100,000 rows. Split the file, or save it as CSV';
    }
    total += size;
  }
  return null;
}

interface Entry {
  readonly data: Buffer;
  readonly isStored: boolean;
  /** size that the archive says the entry has */
  readonly declared: number;
}

const damaged = 'must be an undamaged XLSX workbook: open it in a spreadsheet program and save it again';
const [endSignature, entrySignature, localSignature] = [0x06054b50, 0x02014b50, 0x04034b50];
const [endLength, entryLength, localLength] = [22, 46, 30];
const zip64 = 0xffffffff;

/** The entries of the directory at the end, which alone counts for a reader of the archive. */
function readDirectory(file: Buffer, maxEntries: number): readonly Entry[] | string {
  const end = endOf(file);
  if (end < 0) return damaged;
  const count = file.readUInt16LE(end + 10);
  if (count > maxEntries)
    return `must have up to ${maxEntries} parts: remove sheets, pictures, and links, and save it again`;
  const entries: Entry[] = [];
  let at = file.readUInt32LE(end + 16);
  for (let n = 0; n < count; n++) {
    if (at + entryLength > file.length || file.readUInt32LE(at) !== entrySignature) return damaged;
    const entry = readEntry(file, at);
    if (!entry) return damaged;
    entries.push(entry);
    at += entryLength + file.readUInt16LE(at + 28) + file.readUInt16LE(at + 30) + file.readUInt16LE(at + 32);
  }
  return entries;
}

function endOf(file: Buffer): number {
  const first = Math.max(0, file.length - endLength - 0xffff);
  for (let at = file.length - endLength; at >= first; at--) if (file.readUInt32LE(at) === endSignature) return at;
  return -1;
}

/** Null for what a reader may take in another way than this: encrypted, in another method, or without its sizes. */
function readEntry(file: Buffer, at: number): Entry | null {
  const flags = file.readUInt16LE(at + 8);
  const method = file.readUInt16LE(at + 10);
  const size = file.readUInt32LE(at + 20);
  const declared = file.readUInt32LE(at + 24);
  const local = file.readUInt32LE(at + 42);
  const isEncrypted = (flags & 1) !== 0;
  const hasNoSize = size === 0 && (declared !== 0 || (flags & 8) !== 0);
  if (isEncrypted || hasNoSize || (method !== 0 && method !== 8)) return null;
  if ([size, declared, local].includes(zip64) || local + localLength > file.length) return null;
  if (file.readUInt32LE(local) !== localSignature) return null;
  const from = local + localLength + file.readUInt16LE(local + 26) + file.readUInt16LE(local + 28);
  if (from + size > file.length) return null;
  return { data: file.subarray(from, from + size), isStored: method === 0, declared };
}

/** Inflates without keeping anything, and stops once it is more than `most`. Null: it does not inflate. */
async function inflatedSize(data: Buffer, most: number): Promise<number | null> {
  if (data.length === 0) return 0;
  const inflate = createInflateRaw();
  let size = 0;
  try {
    inflate.end(data);
    for await (const part of inflate) {
      size += (part as Buffer).length;
      if (size > most) break;
    }
    return size;
  } catch {
    return null;
  } finally {
    inflate.destroy();
  }
}
