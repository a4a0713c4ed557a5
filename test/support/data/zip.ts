import { crc32, deflateRawSync } from 'node:zlib';

interface ZipOptions {
  /** sizes that the archive says that entries have, where they are another one */
  readonly declared?: Readonly<Record<string, number>>;
  /** general purpose flags of each entry */
  readonly flags?: number;
  readonly deflate?: (data: Buffer) => Buffer;
}

/** A ZIP archive of these files. */
export function zipOf(files: Readonly<Record<string, string>>, options: ZipOptions = {}): Buffer {
  const { declared = {}, flags = 0, deflate = deflateRawSync } = options;
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [name, text] of Object.entries(files)) {
    const data = Buffer.from(text);
    const packed = deflate(data);
    const fields = Buffer.alloc(22);
    fields.writeUInt16LE(flags, 2);
    fields.writeUInt16LE(8, 4);
    fields.writeUInt32LE(crc32(data), 10);
    fields.writeUInt32LE(packed.length, 14);
    fields.writeUInt32LE(declared[name] ?? data.length, 18);
    const nameBytes = Buffer.from(name);
    const lengths = Buffer.from([nameBytes.length & 255, nameBytes.length >> 8, 0, 0]);
    const local = Buffer.concat([Buffer.from('PK\u0003\u0004'), fields, lengths, nameBytes, packed]);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(offset, 10);
    directory.push(Buffer.concat([Buffer.from('PK\u0001\u0002\u0014\u0000'), fields, lengths, rest, nameBytes]));
    parts.push(local);
    offset += local.length;
  }
  const end = Buffer.alloc(22);
  end.write('PK\u0005\u0006', 'latin1');
  end.writeUInt16LE(directory.length, 8);
  end.writeUInt16LE(directory.length, 10);
  const central = Buffer.concat(directory);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...parts, central, end]);
}
