import { DomainError } from '../errors.js';

const pattern = /^[A-Za-z0-9._@+-]{3,64}$/;

/** @throws DomainError `invalid` for a login of another form, and for a panel that is on without a login */
export function requirePanelLogin({
  clientPanel,
  panelLogin,
}: {
  readonly clientPanel: boolean;
  readonly panelLogin: string | null;
}): void {
  if (panelLogin === null) {
    if (clientPanel) throw new DomainError('invalid', 'must be set while the client panel is on', '/panelLogin');
    return;
  }
  if (pattern.test(panelLogin)) return;
  throw new DomainError('invalid', 'must be 3 to 64 Latin letters, digits, and . _ @ + -', '/panelLogin');
}
