import { createHash } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import type { Express, RequestHandler } from 'express';
import helmet from 'helmet';
import { forever, readStaticFile, sendStaticFile, type StaticFile } from './static-file.js';

/** Where `npm run build` puts the page: `dist/page`, next to the compiled service. */
const builtPage = path.join(__dirname, '../../page');

/** Everything that is not the page's: a wrong address below one of these is a problem document, never the page. */
const ours = /^\/(v1|docs|openapi\.json|livez|readyz|metrics|assets)(\/|$)/;

/**
 * The admin page and the client panel: their files, the document of the panel below `/panel`, and that of the admin page under every path that has no other handler, for the page finds its
 * way by the address itself. Without a build there is a page that says how to make one, and `/` leads to the documents.
 */
export function mountWebPage(app: Express, folder: string = builtPage): void {
  const files = filesOf(folder);
  const document = files.get('/index.html');
  const panel = files.get('/panel.html');
  if (!document) {
    app.get('/', (_req, res) => res.redirect(302, '/docs'));
    app.get(/.*/, forPeople(notBuilt));
    return;
  }
  if (panel) {
    app.get(/^\/panel(\/.*)?$/, pagePolicy(panel.plain.toString('utf8')), (req, res) =>
      sendStaticFile(req, res, panel),
    );
  }
  app.get(/.*/, pagePolicy(document.plain.toString('utf8')), (req, res, next) => {
    const file = files.get(req.path);
    if (file && file !== document) return sendStaticFile(req, res, file);
    if (ours.test(req.path)) return next();
    sendStaticFile(req, res, document);
  });
}

/** All files by their address. They are few and do not change while the process runs, so they stay in memory. */
function filesOf(folder: string): Map<string, StaticFile> {
  if (!existsSync(folder)) return new Map();
  const names = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/\.(br|gz)$/.test(entry.name))
    .map((entry) => path.join(entry.parentPath, entry.name));
  return new Map(
    names.map((name) => {
      const address = addressOf(folder, name);
      // The build names assets by their content.
      return [address, readStaticFile(name, address.startsWith('/assets/') ? forever : 'no-store')];
    }),
  );
}

function addressOf(folder: string, name: string): string {
  return `/${path.relative(folder, name).split(path.sep).join('/')}`;
}

/**
 * Scripts come from here only, and the document's own is known by its hash; components write style attributes; an email is shown in a sandboxed frame without a
 * source.
 */
function pagePolicy(document: string): RequestHandler {
  return helmet.contentSecurityPolicy({
    useDefaults: false,
    directives: {
      defaultSrc: ["'none'"],
      scriptSrc: ["'self'", ...hashesOfScripts(document)],
      styleSrc: ["'self'", "'unsafe-inline'"],
      imgSrc: ["'self'", 'data:'],
      fontSrc: ["'self'", 'data:'],
      connectSrc: ["'self'"],
      frameSrc: ["'self'"],
      manifestSrc: ["'self'"],
      baseUri: ["'none'"],
      // Authorize.net's form of a card is opened by a form that posts its token.
      formAction: ["'self'", 'https://accept.authorize.net', 'https://test.authorize.net'],
      frameAncestors: ["'none'"],
    },
  });
}

/** Of the scripts within a document, as its policy names them. */
function hashesOfScripts(document: string): string[] {
  return [...document.matchAll(/<script>([\s\S]*?)<\/script>/g)].map(
    ([, script = '']) => `'sha256-${createHash('sha256').update(script).digest('base64')}'`,
  );
}

/** Browsers get a page; programs continue to the problem document. */
function forPeople(page: string): RequestHandler {
  return (req, res, next) => {
    if (ours.test(req.path) || !req.get('accept')?.includes('text/html')) return next();
    res.status(404).set('Cache-Control', 'no-store').type('html').send(page);
  };
}

const notBuilt = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Lowwater: the page is not built</title>
<h1>The web page is not built</h1>
<p>Run <code>npm run build</code> in the folder of Lowwater and start the API again.</p>
<p>The API itself is up: <a href="/docs">its documents</a>.</p>
</html>
`;
