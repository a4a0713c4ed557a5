import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import Ajv2020, { type ValidateFunction } from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import { openApiDocument } from '../../../src/api/contract/openapi.js';
import { operations } from '../../../src/api/operations/index.js';
import { noteAnswered } from './answered.js';

/** Holds answers against the document that is published, as a program generated from it does. */

interface Media {
  readonly schema?: object;
}
interface Document {
  readonly paths: Record<
    string,
    Record<string, { readonly responses: Record<string, { content?: Record<string, Media> }> }>
  >;
  readonly components: object;
}

const home = 'http://lowwater.test/openapi';
let document: Document | undefined;
let ajv: Ajv2020 | undefined;
const validators = new Map<object, ValidateFunction>();

/** The document takes a second to make: the first suite of a run writes it into this file for the others. */
const file = process.env['LOWWATER_TEST_DOCUMENT'];

function readDocument(): Document {
  if (file !== undefined && existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')) as Document;
  const text = JSON.stringify(openApiDocument(operations, { version: '1.2.3', url: null }));
  if (file !== undefined) {
    writeFileSync(`${file}.${process.pid}`, text);
    renameSync(`${file}.${process.pid}`, file);
  }
  return JSON.parse(text) as Document;
}

function read(): { readonly document: Document; readonly ajv: Ajv2020 } {
  document ??= readDocument();
  if (!ajv) {
    ajv = new Ajv2020({ strict: false, allErrors: true });
    addFormats(ajv);
    ajv.addSchema({ $id: home, components: document.components });
  }
  return { document, ajv };
}

const routes = operations.map((operation) => ({
  operation,
  pattern: new RegExp(`^${operation.path.replace(/[.]/g, '\\.').replace(/\{\w+\}/g, '[^/]+')}$`),
}));

/** What is wrong with an answer; null: it is as the document says, or the address is none of an operation. */
export function answerFault(
  method: string,
  address: string,
  answer: { readonly status: number; readonly contentType: string; readonly body: unknown },
): string | null {
  const path = address.split('?')[0] ?? '';
  const found = routes.filter(
    ({ pattern, operation }) => pattern.test(path) && operation.method === method.toLowerCase(),
  );
  // The address without a parameter goes before one with it, as in the router.
  const operation = found.find(({ operation: { path: known } }) => known === path)?.operation ?? found[0]?.operation;
  if (!operation) return null;
  if (answer.status < 300) noteAnswered(operation.id);
  const { document, ajv } = read();
  const promised = document.paths[operation.path]?.[operation.method]?.responses[String(answer.status)];
  if (!promised) return `${operation.id}: the document names no answer ${answer.status}`;
  const type = answer.contentType.split(';')[0] ?? '';
  if (!promised.content) return type === '' ? null : `${operation.id}: the document promises no body, not ${type}`;
  // A range, such as image/*, promises each type within it.
  const media = promised.content[type] ?? promised.content[`${type.split('/')[0]}/*`];
  if (!media) return `${operation.id}: the document does not promise ${type} with ${answer.status}`;
  if (!media.schema || !type.includes('json')) return null;
  const validate = validators.get(media) ?? ajv.compile(atHome(media.schema));
  validators.set(media, validate);
  return validate(answer.body) ? null : `${operation.id}: ${ajv.errorsText(validate.errors)}`;
}

function atHome(schema: object): object {
  return JSON.parse(JSON.stringify(schema).replaceAll('"#/components/', `"${home}#/components/`)) as object;
}
