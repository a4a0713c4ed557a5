import { xlsxOf, xlsxType } from '../../../src/documents/tables/xlsx.js';
import type { CallOptions, Reply, TestApi } from '../api/api.js';

/** Uploads of files with clients, as a user makes them. */

export function upload(
  api: TestApi,
  file: string | Buffer,
  { fileName = 'clients.csv', headers, ...options }: CallOptions & { fileName?: string } = {},
): Promise<Reply> {
  const type = fileName.endsWith('.xlsx') ? xlsxType : 'text/csv';
  return api.post(`/v1/imports?fileName=${encodeURIComponent(fileName)}`, undefined, {
    ...options,
    rawBody: file,
    headers: { 'Content-Type': type, ...headers },
  });
}

/** A workbook with a header and rows; a number is a decimal string in `{ number }`. */
export async function workbook(
  header: readonly string[],
  rows: readonly (readonly (string | null | { number: string })[])[],
): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  async function* all(): AsyncGenerator<typeof rows> {
    yield await Promise.resolve(rows);
  }
  const columns = header.map((name, index) => ({
    header: name,
    value: (row: (typeof rows)[number]) => row[index] ?? null,
  }));
  for await (const part of xlsxOf(all(), columns)) parts.push(part as Uint8Array);
  return Buffer.concat(parts);
}

/** Maps an upload as its columns suggest, and checks all rows. @returns the import */
export async function checkAll(
  api: TestApi,
  upload: Reply,
  options: CallOptions & { fields?: readonly (string | null)[] } = {},
): Promise<Reply['body']> {
  const { fields, ...call } = options;
  const { id, columns } = upload.body;
  const suggested = columns?.map(({ field }: { field: string | null }) => field);
  const mapped = await api.call('POST', `/v1/imports/${id}/mapping`, { fields: fields ?? suggested }, call);
  if (mapped.status !== 200) throw new Error(`${mapped.request}: ${mapped.text}`);
  for (;;) {
    const reply = await api.post(`/v1/imports/${id}/check`, undefined, call);
    if (reply.status !== 200) throw new Error(`${reply.request}: ${reply.text}`);
    if (reply.body.checkedRows === reply.body.rows) return reply.body;
  }
}

/** `row field code: detail` of each error, in the order of the file. */
export async function rejects(api: TestApi, id: string, options: CallOptions = {}): Promise<string[]> {
  const { body } = await api.get(`/v1/imports/${id}/rejects?limit=200`, options);
  return body.data.flatMap((row: { row: number; errors: { field: string | null; code: string; detail: string }[] }) =>
    row.errors.map(({ field, code, detail }) => `${row.row} ${field} ${code}: ${detail}`),
  );
}
