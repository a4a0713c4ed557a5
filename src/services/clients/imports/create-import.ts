import type { ImportFormat } from '../../../domain/clients/import/import-limits.js';
import { insertFileRows, type FileRow } from '../../../storage/clients/imports/import-rows.js';
import { insertImport, saveRowCount } from '../../../storage/clients/imports/imports.js';
import { change, recorded, type Requester } from '../../change.js';
import { importEntry } from './import-entry.js';

/** A file as it is read: its header, then its rows, some at a time. */
export interface FileTable {
  readonly columns: readonly string[];
  readonly rows: AsyncIterable<readonly FileRow[]>;
}

export interface UploadedFile {
  readonly fileName: string;
  readonly format: ImportFormat;
  readonly table: FileTable;
}

/**
 * Keeps the rows of an uploaded file, which changes no client. What the reading of the file throws leaves nothing behind.
 *
 * @returns the id of the import
 */
export function createImport(requester: Requester, { fileName, format, table }: UploadedFile): Promise<string> {
  const { scope, actor } = requester;
  const { resellerId } = scope;
  return change(requester, async (tx) => {
    const id = await insertImport(tx, { resellerId, createdBy: actor.id, fileName, format, columns: table.columns });
    let rows = 0;
    for await (const some of table.rows) {
      await insertFileRows(tx, id, rows + 1, some);
      rows += some.length;
    }
    await saveRowCount(tx, id, rows);
    const after = { format, rows, columns: table.columns.length };
    return recorded(id, importEntry('import.upload', { id, resellerId }, { before: null, after }));
  });
}
