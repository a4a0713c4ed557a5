import { Secret, TOTP } from 'otpauth';

/** Codes of authenticator apps (RFC 6238), with the parameters that every app knows. */

const issuer = 'Lowwater';
const parameters = { issuer, algorithm: 'SHA1', digits: 6, period: 30 } as const;
/** Steps that a clock may be wrong by, each way. */
const window = 1;

/** What an app is set up with. */
export interface AppSecret {
  /** in base32, to be typed */
  readonly secret: string;
  /** `otpauth://totp/…`, for a QR code */
  readonly uri: string;
}

/** A new secret of 160 bits, as RFC 4226 recommends. */
export function createAppSecret(email: string): AppSecret {
  const secret = new Secret({ size: 20 });
  return { secret: secret.base32, uri: new TOTP({ ...parameters, label: email, secret }).toString() };
}

/**
 * The time step of a right code; null: it is wrong.
 *
 * @param lastStep the step of the last code that was accepted: it and those before are refused, so that a code that was
 *   read over a shoulder is worth nothing
 */
export function stepOfCode(secret: string, code: string, nowMs: number, lastStep: number | null): number | null {
  const totp = new TOTP({ ...parameters, secret: Secret.fromBase32(secret) });
  const delta = totp.validate({ token: code, timestamp: nowMs, window });
  if (delta === null) return null;
  const step = TOTP.counter({ period: parameters.period, timestamp: nowMs }) + delta;
  return lastStep !== null && step <= lastStep ? null : step;
}
