import { DomainError } from '../../domain/errors.js';
import { withoutEndSlash } from '../../domain/urls.js';
import type { ApiContext } from '../context.js';

/** A gateway must not send browsers elsewhere. @throws DomainError `invalid` */
export function requireOwnAddress({ config }: ApiContext, returnUrl: string): void {
  const base = withoutEndSlash(config.PUBLIC_URL ?? '');
  const url = URL.canParse(returnUrl) ? new URL(returnUrl) : null;
  const isWeb = url !== null && ['https:', 'http:'].includes(url.protocol) && !url.username && !url.password;
  if (isWeb && (base === '' || url.origin === new URL(base).origin)) return;
  throw new DomainError(
    'invalid',
    `must be an address of Lowwater’s page${base === '' ? '' : `, which begins with ${base}`}`,
    '/returnUrl',
  );
}
