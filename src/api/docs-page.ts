import { join, dirname } from 'node:path';
import type { Express, RequestHandler } from 'express';
import helmet from 'helmet';
import { problemCodes, problemTexts, statusOf } from './http/problem.js';

/** The pages for people who write programs: /docs (Swagger UI from its npm package) and /docs/errors. */
export function mountDocs(app: Express): void {
  app.use('/docs', docsPolicy());
  app.get('/docs', (_req, res) => res.type('html').send(docsPage));
  app.get('/docs/start.js', (_req, res) => res.type('text/javascript').send(startScript));
  app.get('/docs/errors', (_req, res) => res.type('html').send(errorsPage()));
  const folder = dirname(require.resolve('swagger-ui-dist/package.json'));
  for (const file of ['swagger-ui.css', 'swagger-ui-bundle.js', 'favicon-32x32.png']) {
    app.get(`/docs/${file}`, serveFile(join(folder, file)));
  }
}

function serveFile(path: string): RequestHandler {
  return (_req, res, next) => {
    res.sendFile(path, { maxAge: '1h', dotfiles: 'allow' }, (error) => {
      if (error) next(error);
    });
  };
}

/** Swagger UI writes style attributes and draws with data: images; scripts come from here only. */
function docsPolicy(): RequestHandler {
  return helmet.contentSecurityPolicy({
    useDefaults: false,
    directives: {
      defaultSrc: ["'none'"],
      scriptSrc: ["'self'"],
      styleSrc: ["'self'", "'unsafe-inline'"],
      imgSrc: ["'self'", 'data:'],
      fontSrc: ["'self'"],
      connectSrc: ["'self'"],
      baseUri: ["'none'"],
      formAction: ["'none'"],
      frameAncestors: ["'none'"],
    },
  });
}

const docsPage = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Lowwater API</title>
<link rel="icon" href="/docs/favicon-32x32.png">
<link rel="stylesheet" href="/docs/swagger-ui.css">
</head>
<body>
<main id="swagger-ui"></main>
<noscript>This page needs JavaScript; the document itself is at <a href="/openapi.json">/openapi.json</a>.</noscript>
<script src="/docs/swagger-ui-bundle.js"></script>
<script src="/docs/start.js"></script>
</body>
</html>
`;

const startScript = `SwaggerUIBundle({
  url: '/openapi.json',
  dom_id: '#swagger-ui',
  deepLinking: true,
  displayRequestDuration: true,
  filter: true,
  persistAuthorization: false,
  tryItOutEnabled: true,
  validatorUrl: null,
});
`;

function errorsPage(): string {
  const rows = problemCodes
    .map((code) => {
      const { title, remedy } = problemTexts[code];
      return `<tr id="${code}"><td><a href="#${code}"><code>${code}</code></a></td><td>${statusOf(code)}</td><td>${html(title)}</td><td>${html(remedy)}</td></tr>`;
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
