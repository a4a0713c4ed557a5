import postgres from 'postgres';

/** Node's and the driver's own codes for a connection that is not there. */
const connectionCodes = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOTFOUND',
  'EPIPE',
  'ETIMEDOUT',
  'CONNECT_TIMEOUT',
  'CONNECTION_CLOSED',
  'CONNECTION_DESTROYED',
  'CONNECTION_ENDED',
]);

/** SQL states of a server that cannot serve now: connection, shutdown, too many connections, time, deadlock. */
const serverStates = /^(08...|53...|57P0.|57014|40001|40P01|25006|25P0[34])$/;

/** The connection was lost while a transaction was committed: it is unknown whether it was. */
export class CommitUnknown extends Error {
  override readonly name = 'CommitUnknown';
}

/** True where the database could not do it now and may do it later. */
export function isDatabaseError(error: unknown): boolean {
  if (error instanceof CommitUnknown) return true;
  if (error instanceof postgres.PostgresError) return serverStates.test(error.code);
  return connectionCodes.has(codeOf(error));
}

/** The server ended the connection, or the line broke: whatever was on it is over. */
export function isConnectionLost(error: unknown): boolean {
  if (error instanceof postgres.PostgresError) return /^(08...|57P0[1-3]|25P0[34])$/.test(error.code);
  return connectionCodes.has(codeOf(error));
}

/** What Node's and the driver's errors have as `code`; '' for anything else. */
function codeOf(error: unknown): string {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : '';
}
