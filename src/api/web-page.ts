import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import type { Express, Request, RequestHandler, Response } from 'express';
import helmet from 'helmet';

/** Where `npm run build` puts the page: `dist/page`, beside the compiled service. */
const builtPage = path.join(__dirname, '../../page');

/** Everything that is not the page's: a wrong address below one of these is a problem document, never the page. */
const ours = /^\/(v1|docs|openapi\.json|livez|readyz|metrics|assets)(\/|$)/;

/**
 * The admin page: its files, and its one document under every address that is nobody else's, for the page finds its way by
 * the address itself. Without a build there is a page that says how to make one, and `/` leads to the documents.
 */
export function mountWebPage(app: Express, folder: string = builtPage): void {
  const files = filesOf(folder);
  const document = files.get('/index.html');
  if (!document) {
    app.get('/', (_req, res) => res.redirect(302, '/docs'));
    app.get(/.*/, forPeople(notBuilt));
    return;
  }
  app.get(/.*/, pagePolicy(), (req, res, next) => {
    const file = files.get(req.path);
    if (file && file !== document) return sendFile(req, res, file);
    if (ours.test(req.path)) return next();
    sendFile(req, res, document);
  });
}

interface PageFile {
  readonly type: string;
  readonly isImmutable: boolean;
  readonly plain: Buffer;
  /** made by the build; null: the file is small, or does not shrink */
  readonly br: Buffer | null;
  readonly gzip: Buffer | null;
}

/** All files by their address. They are few and do not change while the process runs, so they stay in memory. */
function filesOf(folder: string): Map<string, PageFile> {
  if (!existsSync(folder)) return new Map();
  const names = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/\.(br|gz)$/.test(entry.name))
    .map((entry) => path.join(entry.parentPath, entry.name));
  return new Map(names.map((name) => [addressOf(folder, name), read(folder, name)]));
}

function addressOf(folder: string, name: string): string {
  return `/${path.relative(folder, name).split(path.sep).join('/')}`;
}

function read(folder: string, name: string): PageFile {
  const packed = (suffix: string): Buffer | null =>
    existsSync(`${name}${suffix}`) ? readFileSync(`${name}${suffix}`) : null;
  return {
    type: path.extname(name),
    // The build names them by their content.
    isImmutable: addressOf(folder, name).startsWith('/assets/'),
    plain: readFileSync(name),
    br: packed('.br'),
    gzip: packed('.gz'),
  };
}

function sendFile(req: Request, res: Response, file: PageFile): void {
  res.type(file.type).set('Vary', 'Accept-Encoding');
  res.set('Cache-Control', file.isImmutable ? 'public, max-age=31536000, immutable' : 'no-store');
  const accepted = new Set(req.acceptsEncodings());
  if (file.br && accepted.has('br')) res.set('Content-Encoding', 'br').send(file.br);
  else if (file.gzip && accepted.has('gzip')) res.set('Content-Encoding', 'gzip').send(file.gzip);
  else res.send(file.plain);
}

/** Scripts come from here only; components write style attributes; a mail is shown in a sandboxed frame without a source. */
function pagePolicy(): RequestHandler {
  return helmet.contentSecurityPolicy({
    useDefaults: false,
    directives: {
      defaultSrc: ["'none'"],
      scriptSrc: ["'self'"],
      styleSrc: ["'self'", "'unsafe-inline'"],
      imgSrc: ["'self'", 'data:'],
      fontSrc: ["'self'", 'data:'],
      connectSrc: ["'self'"],
      frameSrc: ["'self'"],
      manifestSrc: ["'self'"],
      baseUri: ["'none'"],
      formAction: ["'self'"],
      frameAncestors: ["'none'"],
    },
  });
}

/** Browsers get a page; programs go on to the problem document. */
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
