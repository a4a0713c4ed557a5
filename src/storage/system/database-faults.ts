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
const serverStates = /^(08...|53...|57P0.|57014|40001|40P01|25006)$/;

/** True where the database could not do it now and may do it later. */
export function isDatabaseFault(error: unknown): boolean {
  if (error instanceof postgres.PostgresError) return serverStates.test(error.code);
  return connectionCodes.has(codeOf(error));
}

/** What Node's and the driver's errors have as `code`; '' for anything else. */
function codeOf(error: unknown): string {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : '';
}
