import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { openApiDocument } from '../../src/api/contract/openapi.js';
import { clientFieldSections } from '../../src/domain/clients/client-fields.js';
import { operations } from '../../src/api/operations/index.js';
import { clientFieldSections as shownFields } from '../../web/src/api/client-fields';

it('the types of the page are those of the operations (else: npm run types)', () => {
  const { paths, components } = openApiDocument(operations, { version: '0', url: null }) as Record<string, unknown>;
  const mark = createHash('sha256').update(JSON.stringify({ paths, components })).digest('hex').slice(0, 16);
  const [firstLine = ''] = readFileSync(path.resolve(__dirname, '../../web/src/api/schema.ts'), 'utf8').split('\n');
  expect(firstLine).toContain(mark);
});

it('the client fields of the page are those of the catalogue (else: npm run types)', () => {
  expect(shownFields).toEqual(clientFieldSections);
});
