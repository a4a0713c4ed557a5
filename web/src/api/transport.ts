import { ApiError, readProblem } from './problems';
import { randomId } from './random-id';

/**
 * What every request of the page has: the session's cookie and CSRF token, an Idempotency-Key, a second try where that
 * is safe, and one kind of failure.
 */

let csrfToken: string | null = null;
let sessionLost: () => void = () => undefined;
let renewCsrf: () => Promise<string | null> = async () => null;

/** Set by session/ at login and at the start. */
export function setCsrfToken(token: string | null): void {
  csrfToken = token;
}

/** What to do when the session has ended, and how to get a new token when another tab has logged in again. */
export function onSessionProblems(handlers: {
  readonly lost: () => void;
  readonly renew: () => Promise<string | null>;
}): void {
  sessionLost = handlers.lost;
  renewCsrf = handlers.renew;
}

/** `fetch` for openapi-fetch: answers 2xx and 304 only. @throws ApiError otherwise */
export async function send(original: Request): Promise<Response> {
  const request = withHeaders(original);
  const response = await attempts(request);
  noteServerDate(response);
  if (response.ok) return response;
  const problem = await readProblem(response);
  if (problem.code === 'csrf_invalid') return await withNewToken(request, problem);
  if (problem.status === 401 && !isBeforeLogin(request)) sessionLost();
  throw problem;
}

function withHeaders(original: Request): Request {
  const request = original.clone();
  if (request.method === 'GET') return request;
  if (csrfToken !== null) request.headers.set('X-CSRF-Token', csrfToken);
  if (request.method === 'POST' && !request.headers.has('Idempotency-Key')) {
    request.headers.set('Idempotency-Key', randomId());
  }
  return request;
}

async function withNewToken(request: Request, problem: ApiError): Promise<Response> {
  csrfToken = await renewCsrf();
  if (csrfToken === null) throw problem;
  request.headers.set('X-CSRF-Token', csrfToken);
  const response = await once(request.clone());
  if (response.ok) return response;
  throw await readProblem(response);
}

const pausesMs = [400, 1500];

/** Again where no answer came or the service is away for a moment: reading, and what carries an Idempotency-Key. */
async function attempts(request: Request): Promise<Response> {
  const isSafe = request.method === 'GET' || (request.method === 'POST' && !isBeforeLogin(request));
  for (const pauseMs of isSafe ? pausesMs : []) {
    const response = await once(request.clone()).catch(unlessAborted);
    if (response && !isAway(response)) return response;
    await pause(pauseMs, request.signal);
  }
  return await once(request.clone());
}

const isAway = (response: Response): boolean => [502, 504].includes(response.status);
/** Of a user who is not logged in yet: nothing is lost with 401, and a second try would be counted. */
const isBeforeLogin = (request: Request): boolean =>
  /^\/v1\/(panel\/)?(session|account-links|links|password-resets|billing-email-confirmations)(\/|$)/.test(
    new URL(request.url).pathname,
  );

function unlessAborted(error: unknown): null {
  if (error instanceof ApiError) return null;
  throw error;
}

async function once(request: Request): Promise<Response> {
  try {
    return await (takeEarly(request) ?? fetch(request));
  } catch (error) {
    if (request.signal.aborted) throw error;
    throw new ApiError(0, { code: 'network', detail: error instanceof Error ? error.message : '' });
  }
}

/** The document asks for some answers before the page is there; the first request of each takes it. */
function takeEarly({ method, url }: Request): Promise<Response> | null {
  const { reads } = globalThis.window?.lowwater ?? {};
  const { pathname, search } = new URL(url);
  const early = method === 'GET' && search === '' ? reads?.[pathname] : undefined;
  if (!reads || !early) return null;
  delete reads[pathname];
  return early;
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      reject(signal.reason);
    });
  });
}

let offsetMs = 0;

/** The time of the server's clock, in ms: countdowns must not depend on the clock of the desk. */
export const serverNow = (): number => Date.now() + offsetMs;

/** From `serverTime` of an answer: exact to the way that it took. */
export function noteServerTime(serverTime: string): void {
  const at = Date.parse(serverTime);
  if (Number.isFinite(at)) offsetMs = at - Date.now();
}

/** The Date header knows whole seconds only: good enough where the clocks are far apart. */
function noteServerDate(response: Response): void {
  const at = Date.parse(response.headers.get('Date') ?? '');
  if (Number.isFinite(at) && Math.abs(at - serverNow()) > 5000) offsetMs = at - Date.now();
}
