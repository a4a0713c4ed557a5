import type { components } from './schema';
import { isKey, t, type Key } from '../i18n/t';

export type Problem = components['schemas']['Problem'];
export type FieldProblem = Problem['errors'][number];

/** What replaces a problem document that is missing. */
export type LocalCode = 'network' | 'not_a_problem' | (string & {});

/** The one failure of the API: a problem document, or that there was no answer at all. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  /** 0: no answer came */
  readonly status: number;
  readonly code: Problem['code'] | LocalCode;
  readonly title: string;
  readonly detail: string;
  readonly requestId: string | null;
  readonly errors: readonly FieldProblem[];
  readonly retryAfterSeconds: number | null;
  /** with 412: the resource as it is now, and its version */
  readonly current: unknown;
  readonly etag: string | null;
  /** with `confirmation_required`: what the request would do */
  readonly preview: components['schemas']['NotificationImpact'] | null;

  constructor(
    status: number,
    problem: Partial<Omit<Problem, 'code'>> & { readonly code: string },
    etag: string | null = null,
  ) {
    super(problem.detail ?? problem.title ?? problem.code);
    this.status = status;
    this.code = problem.code as Problem['code'] | LocalCode;
    this.title = problem.title ?? '';
    this.detail = problem.detail ?? '';
    this.requestId = problem.requestId ?? null;
    this.errors = problem.errors ?? [];
    this.retryAfterSeconds = problem.retryAfterSeconds ?? null;
    this.current = problem.current;
    this.etag = etag;
    this.preview = problem.preview ?? null;
  }

  /** The same in other words: those of the page's language, where a page has them. */
  withDetail(detail: string): ApiError {
    const { status, code, title, errors, requestId, etag } = this;
    const problem = { code, title, detail, errors: [...errors], ...(requestId !== null && { requestId }) };
    return new ApiError(status, problem, etag);
  }

  /** Another user has changed the resource since it was read (412). */
  get isConflict(): boolean {
    return this.status === 412;
  }
}

/** What has to be confirmed before the request is repeated; null: the request failed for another reason. */
export const impactToConfirm = (error: unknown): ApiError['preview'] =>
  isApiError(error) && error.code === 'confirmation_required' ? error.preview : null;

export const isApiError = (error: unknown): error is ApiError => error instanceof ApiError;

/** The compiler refuses a code of the API that has no text. */
const titleKey = (code: Problem['code']): Key => `problems.${code}`;

/** What a code of the API means, in the words of the page's language; null: a code of a later version. */
export function codeText(code: string): string | null {
  const key = titleKey(code as Problem['code']);
  return isKey(key) ? t(key) : null;
}

/** The failure in the words of the page's language: what is wrong, without the fields. */
export function problemTitle(error: unknown): string {
  if (!isApiError(error)) return t('problems.defect');
  return codeText(error.code) ?? (error.title || t('problems.defect'));
}

/** Their detail speaks to programs: of keys to send again. */
const explainedByTitle: readonly string[] = ['temporal_unavailable', 'outcome_pending'];

/** What exactly, in the words of the service (English); null where it says no more than the title. */
export function problemDetail(error: unknown): string | null {
  if (!isApiError(error)) return error instanceof Error ? error.message : null;
  if (explainedByTitle.includes(error.code)) return null;
  return error.detail && error.detail !== error.title ? error.detail : null;
}

/** A fault of a field: in the words of the page where its code says all, else in those of the service (English). */
export function fieldErrorText({ code, detail }: FieldProblem): string {
  const key = `problems.field.${code}`;
  return isKey(key) ? t(key) : sentence(detail);
}

/** What kind of fault the code of one value is; null: its code says nothing that the service's words do not. */
export function faultKind(code: string): string | null {
  const kinds = [`problems.field.${code}`, `problems.fault.${code}`].filter(isKey);
  return kinds[0] === undefined ? codeText(code) : t(kinds[0]);
}

/** The service writes parts of sentences: "another user has this email address". */
export function sentence(text: string): string {
  const capitalized = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.!?]$/.test(capitalized) ? capitalized : `${capitalized}.`;
}

/** Reads what a refused request answers. A proxy may answer something else than a problem document. */
export async function readProblem(response: Response): Promise<ApiError> {
  const etag = response.headers.get('ETag');
  const requestId = response.headers.get('X-Request-Id') ?? undefined;
  const body: unknown = await response
    .clone()
    .json()
    .catch(() => null);
  if (isProblem(body)) return new ApiError(response.status, body, etag);
  return new ApiError(response.status, { code: 'not_a_problem', detail: `HTTP ${response.status}`, requestId }, etag);
}

function isProblem(body: unknown): body is Problem {
  return typeof body === 'object' && body !== null && 'code' in body && typeof body.code === 'string';
}
