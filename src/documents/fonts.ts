import { readFileSync } from 'node:fs';

/** DejaVu Sans has Latin, Cyrillic, Greek, Arabic, and Hebrew letters. Only the letters that are used are embedded. */
export interface Fonts {
  readonly regular: Buffer;
  readonly bold: Buffer;
}

let loaded: Fonts | undefined;

/** Reads the fonts once. */
export function loadFonts(): Fonts {
  loaded ??= { regular: fontFile('DejaVuSans'), bold: fontFile('DejaVuSans-Bold') };
  return loaded;
}

function fontFile(name: string): Buffer {
  return readFileSync(require.resolve(`dejavu-fonts-ttf/ttf/${name}.ttf`));
}
