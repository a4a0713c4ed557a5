import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Express, RequestHandler } from 'express';
import helmet from 'helmet';
import type { ApiContext } from '../context.js';
import { openApiDocument } from '../contract/openapi.js';
import type { Operation } from '../contract/operation.js';
import { problemCodes, problemSpecs } from '../http/problem-codes.js';
import { compressed, readStaticFile, sendStaticFile, type StaticFile } from '../static-file.js';

/** Where `npm run build` puts the reader of the npm package `openapi-explorer`: `dist/reader`. */
const builtReader = path.join(__dirname, '../../../reader/openapi-explorer.js');

/** The pages for people who write programs: /docs, which reads the document and tries calls, and /docs/errors. */
export function mountDocs(
  app: Express,
  context: ApiContext,
  operations: readonly Operation[],
  reader: string = builtReader,
): void {
  app.use('/docs', docsPolicy());
  const files = new Map(
    [
      ['/docs', path.join(__dirname, 'reader.html')],
      ['/docs/reader.css', path.join(__dirname, 'reader.css')],
      ['/docs/reader.js', path.join(__dirname, 'reader.js')],
      ['/docs/icon.svg', path.join(__dirname, 'icon.svg')],
      ['/docs/openapi-explorer.js', existsSync(reader) ? reader : path.join(__dirname, 'not-built.js')],
    ].map(([address = '', name = '']) => [address, readStaticFile(name, 'no-cache')]),
  );
  for (const [address, file] of files) app.get(address, (req, res) => sendStaticFile(req, res, file));
  let document: Promise<StaticFile> | undefined;
  app.get('/docs/openapi.json', async (req, res) => {
    const read = (): object => readerDocument(operations, context);
    sendStaticFile(req, res, await (document ??= compressed('.json', JSON.stringify(read()), 'no-cache')));
  });
  app.get('/docs/errors', (_req, res) => res.type('html').send(errorsPage()));
}

/**
 * The document as the reader shows it: a browser adds the cookie of a session itself, so the key is all that one can enter;
 * and calls go to where the reader came from, whatever the public address is.
 */
function readerDocument(operations: readonly Operation[], { version }: ApiContext): object {
  const document = openApiDocument(operations, { version, url: null });
  const components = document['components'] as { securitySchemes: Record<string, unknown> };
  const { session: _session, ...securitySchemes } = components.securitySchemes;
  const paths = document['paths'] as Record<string, Record<string, DocumentedOperation>>;
  const tags = document['tags'] as { name: string }[];
  return {
    ...document,
    tags: tags.map(({ name }) => ({ name: asHeading(name) })),
    components: { ...components, securitySchemes },
    paths: mapValues(paths, (methods) =>
      mapValues(methods, ({ security, tags: own, ...operation }) => ({
        ...operation,
        tags: own?.map(asHeading),
        ...(security && { security: security.filter((scheme) => !('session' in scheme)) }),
      })),
    ),
  };
}

interface DocumentedOperation {
  readonly security?: readonly Record<string, unknown>[];
  readonly tags?: readonly string[];
}

const asHeading = (tag: string): string => tag.charAt(0).toUpperCase() + tag.slice(1);

function mapValues<T, U>(record: Readonly<Record<string, T>>, map: (value: T) => U): Record<string, U> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, map(value)]));
}

/** The component writes style elements and attributes, and draws with data: images; scripts come from here only. */
function docsPolicy(): RequestHandler {
  return helmet.contentSecurityPolicy({
    useDefaults: false,
    directives: {
      defaultSrc: ["'none'"],
      scriptSrc: ["'self'"],
      styleSrc: ["'self'", "'unsafe-inline'"],
      imgSrc: ["'self'", 'data:'],
      connectSrc: ["'self'"],
      baseUri: ["'none'"],
      formAction: ["'none'"],
      frameAncestors: ["'none'"],
    },
  });
}

function errorsPage(): string {
  const rows = problemCodes
    .map((code) => {
      const { title, remedy, status } = problemSpecs[code];
      return `<tr id="${code}"><td><a href="#${code}"><code>${code}</code></a></td><td>${status}</td><td>${html(title)}</td><td>${html(remedy)}</td></tr>`;
    })
    .join('\n');
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Lowwater API: errors</title>
<style>
:root { color-scheme: light dark; }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 70rem; margin: 2rem auto; padding: 0 1rem; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: .5rem .75rem; border-bottom: 1px solid #8886; }
tr:target { background: #fd03; }
code { font-size: .9em; }
</style>
</head>
<body>
<h1>Errors</h1>
<p>Every refusal is <code>application/problem+json</code> (RFC 9457). <code>code</code> is for programs, <code>detail</code> and
<code>errors[].detail</code> are for people, <code>errors[].pointer</code> names the field (<code>#/userRule/threshold</code> in the
body, <code>#/query/limit</code>, <code>#/path/id</code>, <code>#/headers/if-match</code> elsewhere), <code>requestId</code> is what the
log knows the request by. What was refused with a 4xx has changed nothing; after a 5xx send it again with the same
Idempotency-Key or id.</p>
<table>
<thead><tr><th>code</th><th>status</th><th>meaning</th><th>what to do</th></tr></thead>
<tbody>
${rows}
</tbody>
</table>
<p><a href="/docs">All operations</a></p>
</body>
</html>
`;
}

function html(text: string): string {
  return text
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/`([^`]*)`/g, '<code>$1</code>');
}
