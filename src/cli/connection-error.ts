import { reasonOf } from './doctor/finding.js';

/** How Node and PostgreSQL say that a server is not there, or does not let us in. */
const codes = new Set([
  ...['ECONNREFUSED', 'ECONNRESET', 'ENOTFOUND', 'EAI_AGAIN', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH'],
  ...['CONNECT_TIMEOUT', 'CONNECTION_CLOSED', '28P01', '28000', '3D000', '53300', '57P03'],
]);

/** gRPC: deadline exceeded, not found (the namespace), permission denied, unavailable, unauthenticated. */
const grpcCodes = new Set([4, 5, 7, 14, 16]);

const grpcNeverConnected = /Failed to connect before the deadline/;

/**
 * What to print about a server that could not be reached while a command began; null for any other fault. Which of the
 * settings is wrong is for the doctor to say, which asks each server separately.
 */
export function connectionError(error: unknown): string | null {
  if (!(error instanceof Error)) return null;
  const first: unknown = error instanceof AggregateError ? error.errors[0] : error;
  const code = typeof first === 'object' && first !== null && 'code' in first ? first.code : undefined;
  const known =
    (typeof code === 'string' && codes.has(code)) ||
    (typeof code === 'number' && grpcCodes.has(code)) ||
    grpcNeverConnected.test(error.message);
  if (!known) return null;
  return (
    `Lowwater cannot reach one of its servers: ${reasonOf(error)}.\n` +
    '  What to do: run "npm run doctor" with the same settings. It names the server and the cause.'
  );
}
