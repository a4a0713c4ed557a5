import { crc32, deflateSync } from 'node:zlib';

interface PngWish {
  readonly width?: number;
  readonly height?: number;
  /** of each pixel: RGBA has 4 bytes, RGB 3 */
  readonly colorType?: 2 | 6;
  /** in place of the pixels that the head promises */
  readonly pixels?: Buffer;
}

/** A PNG of one color. */
export function samplePng({ width = 40, height = 20, colorType = 6, pixels }: PngWish = {}): Buffer {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, colorType, 0, 0, 0], 8);
  const row = Buffer.alloc(1 + width * (colorType === 6 ? 4 : 3), 0x80);
  row[0] = 0;
  const data = pixels ?? Buffer.concat(Array.from({ length: height }, () => row));
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([
    signature,
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(data)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
}

/** A gray JPEG of one pixel. */
export const sampleJpeg = Buffer.concat([
  Buffer.from(
    '/9j/4AAQSkZJRgABAQEASABIAAD/2wBDAP//////////////////////////////////////////////////////////////////////////////////////' +
      'wgALCAABAAEBAREA/8QAFBABAAAAAAAAAAAAAAAAAAAAAP/aAAgBAQABPxA=',
    'base64',
  ),
  Buffer.from([0xff, 0xd9]),
]);
