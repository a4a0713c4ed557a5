import express, { type Express } from 'express';
import helmet from 'helmet';
import type { ApiContext } from './context.js';
import { mountDocs } from './docs/docs-page.js';
import { problemHandler, notFoundHandler } from './middleware/problems.js';
import { requestLog } from './middleware/request-log.js';
import { mountOperations, type MountOptions } from './mount.js';
import { operations } from './operations/index.js';
import { mountWebPage } from './web-page.js';

interface AppOptions extends MountOptions {
  /** of the built admin page; default: the one of this build */
  readonly webFolder?: string;
  /** of the reader of the API's document; default: the one of this build */
  readonly readerFile?: string;
}

/** The HTTP application, ready to listen. */
export function createApp(context: ApiContext, options: AppOptions = {}): Express {
  const app = express();
  app.disable('x-powered-by');
  // An ETag is a version here, never a hash of the text.
  app.set('etag', false);
  app.set('query parser', 'simple');
  app.set('case sensitive routing', true);
  app.set('trust proxy', context.config.TRUSTED_PROXIES);
  app.use(requestLog(context));
  app.use(
    helmet({
      contentSecurityPolicy: { useDefaults: false, directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] } },
      crossOriginResourcePolicy: { policy: 'same-origin' },
    }),
  );
  mountDocs(app, context, operations, options.readerFile);
  mountOperations(app, context, operations, options);
  mountWebPage(app, options.webFolder);
  app.use(notFoundHandler);
  app.use(problemHandler(context));
  return app;
}
