/** The database has another schema or other roles than this program needs; the message says what to run. */
export class SchemaError extends Error {
  override readonly name = 'SchemaError';
}
