import { readFileSync } from 'node:fs';
import path from 'node:path';
import Ajv2020 from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import { supportsIdempotencyKey } from '../../../src/api/http/idempotency.js';
import { openApiDocument } from '../../../src/api/contract/openapi.js';
import type { Operation } from '../../../src/api/contract/operation.js';
import { operations } from '../../../src/api/operations/index.js';
import { areas } from '../../../src/api/contract/areas.js';
import { problemCodes } from '../../../src/api/http/problem-codes.js';
import { scopes } from '../../../src/domain/access/scopes.js';

/** Reads the OpenAPI document as a client generator does. */

interface Media {
  readonly schema?: object;
  readonly example?: unknown;
}
interface DocumentedOperation {
  readonly operationId: string;
  readonly parameters?: readonly { readonly name: string; readonly in: string; readonly required?: boolean }[];
  readonly requestBody?: { readonly content: Record<string, Media> };
  readonly responses: Record<string, { readonly description: string; readonly content?: Record<string, Media> }>;
}
interface Document {
  readonly openapi: string;
  readonly paths: Record<string, Record<string, DocumentedOperation>>;
  readonly components: { readonly schemas: Record<string, object> };
}

const text = JSON.stringify(openApiDocument(operations, { version: '1.2.3', url: null }));
const document: Document = JSON.parse(text);

const documented = (operation: Operation): DocumentedOperation | undefined =>
  document.paths[operation.path]?.[operation.method];

/** A validator that knows the document's own schemas by their place in it. */
function validator(): Ajv2020 {
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  addFormats(ajv);
  ajv.addSchema({ $id: 'http://lowwater.test/openapi', components: document.components });
  return ajv;
}

const atHome = (schema: object): object =>
  JSON.parse(JSON.stringify(schema).replaceAll('"#/components/', '"http://lowwater.test/openapi#/components/'));

test('it is OpenAPI 3.1 and names every operation once', () => {
  expect(document.openapi).toBe('3.1.0');
  const ids = operations.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  const routes = operations.map(({ method, path }) => `${method} ${path}`);
  expect(new Set(routes).size).toBe(routes.length);
  for (const operation of operations) expect(documented(operation)?.operationId).toBe(operation.id);
  expect(operations.filter(({ area }) => !areas.includes(area))).toEqual([]);
});

test('it points at nothing that is not there', () => {
  const names = [...text.matchAll(/"#\/components\/schemas\/([^"]+)"/g)].map(([, name]) => name ?? '');
  expect(names.length).toBeGreaterThan(20);
  for (const name of new Set(names)) expect(Object.keys(document.components.schemas)).toContain(name);
});

test('it joins no closed objects: nothing can be both', () => {
  expect(text).not.toContain('"allOf"');
});

test('its schemas are JSON Schema', () => {
  const ajv = validator();
  for (const [name, schema] of Object.entries(document.components.schemas)) {
    expect(() => ajv.compile({ ...atHome(schema), $id: `http://lowwater.test/${name}` })).not.toThrow();
  }
});

test.each(operations.map((operation): [string, Operation] => [operation.id, operation]))(
  '%s: its path, its parameters and its examples agree',
  (_id, operation) => {
    const entry = documented(operation);
    const inPath = [...operation.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
    const declared = (entry?.parameters ?? []).filter((parameter) => parameter.in === 'path');
    expect(declared.map(({ name }) => name).sort()).toEqual(inPath.sort());
    expect(declared.every(({ required }) => required === true)).toBe(true);

    const ajv = validator();
    const examples = [
      ...Object.values(entry?.requestBody?.content ?? {}),
      ...Object.values(entry?.responses ?? {}).flatMap(({ content }) => Object.values(content ?? {})),
    ];
    for (const { schema, example } of examples) {
      if (!schema || example === undefined) continue;
      const validate = ajv.compile(atHome(schema));
      expect([validate(example), validate.errors]).toEqual([true, null]);
    }
    if (operation.request.body && (operation.scope || operation.isPanel)) {
      const parsed = operation.request.body.safeParse(operation.example);
      expect([operation.id, parsed.success, parsed.error?.issues]).toEqual([operation.id, true, undefined]);
    }
    expect(Object.keys(entry?.responses ?? {}).some((status) => status.startsWith('2'))).toBe(true);
    if (operation.scope || operation.isPanel) expect(entry?.responses).toHaveProperty('401');
  },
);

test('only health, documents, what is signed and the login go without a caller', () => {
  const open = operations.filter(({ scope, isPanel }) => scope === null && !isPanel).map(({ path }) => path);
  expect(open.sort()).toEqual([
    ...['/livez', '/metrics', '/openapi.json', '/readyz', '/v1/account-links/read', '/v1/account-links/use'],
    ...['/v1/login-methods', '/v1/mail-bounces/{source}', '/v1/openid/logout'],
    ...['/v1/panel/billing-email-confirmations', '/v1/panel/links/read', '/v1/panel/links/use'],
    ...['/v1/panel/password-resets', '/v1/panel/session'],
    ...['/v1/password-resets', '/v1/session', '/v1/session/enrollment', '/v1/session/enrollment/confirm'],
    ...['/v1/session/openid', '/v1/session/openid/complete', '/v1/session/second-step'],
    ...['/v1/webhooks/gateways/{hook}', '/v1/webhooks/in/{source}'],
  ]);
});

test('every change of a versioned resource needs If-Match, and only such a one', () => {
  for (const operation of operations) {
    const needs = (documented(operation)?.parameters ?? []).some(({ name }) => name === 'If-Match');
    expect([operation.id, needs]).toEqual([operation.id, operation.needsIfMatch]);
    // Users change their own data field by field, and no other user changes it.
    if (operation.sessionOnly) continue;
    if (operation.method === 'put' || operation.method === 'patch') {
      expect([operation.id, operation.needsIfMatch]).toEqual([operation.id, true]);
    }
  }
});

test('what can be repeated with an Idempotency-Key answers JSON', () => {
  for (const { id, responses } of operations.filter(supportsIdempotencyKey)) {
    const types = Object.values(responses).map(({ contentType }) => contentType ?? 'application/json');
    expect([id, new Set(types)]).toEqual([id, new Set(['application/json'])]);
  }
});

describe('the API guide', () => {
  const guide = readFileSync(path.join(__dirname, '../../../docs/api.md'), 'utf8');

  /** The operation behind an address as the guide writes it: with ids, shell words or names in place of parameters. */
  const behind = (address: string, method?: string): Operation | undefined =>
    operations.find((operation) => {
      const pattern = operation.path.replace(/\{\w+\}/g, '[^/]+');
      return new RegExp(`^${pattern}$`).test(address) && (method === undefined || operation.method === method);
    });

  test('names addresses that exist', () => {
    const addresses = [...guide.matchAll(/(?<![\w.])(\/(?:v1|docs|openapi|livez|readyz|metrics)[\w/{}<>.-]*)/g)]
      .map(([, address]) => (address ?? '').replace(/\.$/, ''))
      .filter((address) => !address.startsWith('/docs') && address !== '/v1');
    expect(addresses.length).toBeGreaterThan(20);
    expect(addresses.filter((address) => !behind(address))).toEqual([]);
  });

  test('sends bodies that are taken', () => {
    const calls = [
      ...guide.matchAll(/curl -s (?:-X (\w+) )?"?\$API(\/[\w/.-]+)"?((?:[^\n]|\\\n)*? -d '(\{[^']*\})')/g),
    ];
    expect(calls.length).toBeGreaterThan(7);
    for (const [, method = 'POST', address = '', , body = ''] of calls) {
      const parsed = behind(address, method.toLowerCase())?.request.body?.safeParse(JSON.parse(body));
      // One of them shows what a refusal looks like.
      const wanted = !body.includes('"periodHours": 0');
      expect([address, parsed?.success, wanted || parsed?.error?.issues.length]).toEqual([
        address,
        wanted,
        wanted || 2,
      ]);
    }
  });

  test('knows every problem that it speaks of, and every scope is on some operation', () => {
    for (const code of ['in_use', 'client_deleted']) {
      expect(guide).toContain(`\`${code}\``);
      expect(problemCodes).toContain(code);
    }
    const used = new Set(operations.map(({ scope }) => scope));
    expect(scopes.filter((scope) => scope !== '*' && !used.has(scope))).toEqual([]);
  });
});

test('what has a name is never null by itself: only its place says whether it may be missing', () => {
  const nullable = Object.entries(document.components.schemas).filter(
    ([, schema]) => 'type' in schema && Array.isArray(schema.type),
  );
  expect(nullable.map(([name]) => name)).toEqual([]);
});

test('nothing is all of a thing and of something that may be null: no value is both', () => {
  const found: string[] = [];
  JSON.parse(text, (key, value: unknown) => {
    const parts = key === 'allOf' ? (value as { readonly type?: unknown }[]) : [];
    if (parts.some(({ type }) => Array.isArray(type))) found.push(JSON.stringify(parts));
    return value;
  });
  expect(found).toEqual([]);
});
