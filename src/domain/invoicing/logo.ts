/** Reads what an image file says of itself. Nothing of it is decoded: its content is untrusted. */

export const logoTypes = ['image/png', 'image/jpeg'] as const;
type LogoType = (typeof logoTypes)[number];

export interface LogoFacts {
  readonly mediaType: LogoType;
  /** pixels */
  readonly width: number;
  readonly height: number;
}

export const maxLogoBytes = 262_144;
/** Wide and high: more is not visible on paper, and costs memory each time it is drawn. */
export const maxLogoPixels = 1500;

/** The facts of a PNG or a JPEG, or in words what is wrong: it follows "must". */
export function readLogo(bytes: Uint8Array): LogoFacts | string {
  if (bytes.length > maxLogoBytes) return `must have up to ${maxLogoBytes / 1024} kB`;
  const facts = readPng(bytes) ?? readJpeg(bytes);
  if (!facts) return 'must be a whole PNG or JPEG image';
  const { width, height } = facts;
  if (width < 1 || height < 1 || width > maxLogoPixels || height > maxLogoPixels) {
    return `must be from 1 to ${maxLogoPixels} pixels wide and high`;
  }
  return facts;
}

const pngSignature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

/** Null where it is none. Its chunks fill it, the first is its head, and the last its end. */
function readPng(bytes: Uint8Array): LogoFacts | null {
  if (pngSignature.some((byte, index) => bytes[index] !== byte)) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const typeAt = (at: number): string => String.fromCharCode(...bytes.subarray(at + 4, at + 8));
  let hasData = false;
  for (let at = 8; at + 12 <= bytes.length;) {
    const type = typeAt(at);
    if ((type === 'IHDR') !== (at === 8)) return null;
    const next = at + 12 + view.getUint32(at);
    if (type === 'IDAT') hasData = true;
    if (type === 'IEND') {
      if (next !== bytes.length || !hasData) return null;
      return { mediaType: 'image/png', width: view.getUint32(16), height: view.getUint32(20) };
    }
    at = next;
  }
  return null;
}

/** Markers of a frame, except those of tables and of arithmetic coding, which few can read. */
const frames = [0xc0, 0xc1, 0xc2];

/** Null where it is none. Its segments lead to a frame, and it ends as an image does. */
function readJpeg(bytes: Uint8Array): LogoFacts | null {
  const end = bytes.length;
  if (bytes[0] !== 0xff || bytes[1] !== 0xd8 || bytes[end - 2] !== 0xff || bytes[end - 1] !== 0xd9) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 2; at + 9 <= end;) {
    if (bytes[at] !== 0xff) return null;
    const marker = bytes[at + 1] ?? 0;
    if (frames.includes(marker)) {
      return { mediaType: 'image/jpeg', height: view.getUint16(at + 5), width: view.getUint16(at + 7) };
    }
    // The image itself, before any frame.
    if (marker === 0xda) return null;
    at += 2 + view.getUint16(at + 2);
  }
  return null;
}
