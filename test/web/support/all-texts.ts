import { readdirSync } from 'node:fs';
import path from 'node:path';

/** A component is tested without the page that brings its words. */
const folder = path.resolve(__dirname, '../../../web/src/i18n/late');
for (const name of readdirSync(folder)) jest.requireActual(path.join(folder, name));
