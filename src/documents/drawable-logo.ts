import { inflateSync } from 'node:zlib';
import { readLogo, type LogoFacts } from '../domain/invoicing/logo.js';
import { closePdf, openPdf } from './page-layout.js';

/** The facts of a logo that a document can show, or in words what is wrong: it follows "must". */
export async function checkLogo(content: Buffer): Promise<LogoFacts | string> {
  const facts = readLogo(content);
  if (typeof facts === 'string') return facts;
  try {
    if (facts.mediaType === 'image/png') requireBoundedPixels(content, facts);
    const pdf = openPdf({ title: 'Logo', author: '', language: 'en', madeAt: new Date(0) });
    pdf.image(content, 0, 0, { fit: [100, 100] });
    await closePdf(pdf);
    return facts;
  } catch {
    return 'must be an image that can be drawn: save it again as a PNG or JPEG';
  }
}

/** Of a pixel, by the color type: gray, RGB, palette, gray with alpha, RGB with alpha. */
const channels: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };

/** Before it is drawn: compressed pixels may be a thousand times as many as its head says, or too few. */
function requireBoundedPixels(content: Buffer, { width, height }: LogoFacts): void {
  const parts: Buffer[] = [];
  for (let at = 8; at + 12 <= content.length; at += 12 + content.readUInt32BE(at)) {
    const data = content.subarray(at + 8, at + 8 + content.readUInt32BE(at));
    if (content.toString('latin1', at + 4, at + 8) === 'IDAT') parts.push(data);
  }
  // Up to 4 channels of 2 bytes, and a byte for each row of each pass.
  const maxOutputLength = width * height * 8 + 8 * height + 64;
  const { length } = inflateSync(Buffer.concat(parts), { maxOutputLength });
  const [bits = 0, color = 0, , , isInterlaced] = content.subarray(24, 29);
  const least = height * (1 + Math.ceil((width * (channels[color] ?? 4) * bits) / 8));
  if (!isInterlaced && length < least) throw new RangeError('there are fewer pixels than the head says');
}
