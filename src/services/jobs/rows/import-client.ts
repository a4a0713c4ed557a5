import type { OwnReason } from '../../../domain/credit/own-reasons.js';
import { allows } from '../../../domain/access/scopes.js';
import { givenOnly, newClientValues, scopesOfChange, type FieldValues } from '../../../domain/clients/field-scopes.js';
import type { ImportFault } from '../../../domain/clients/import/import-cells.js';
import { DomainError, isFailureCode } from '../../../domain/errors.js';
import {
  deleteImportedRows,
  readRowsToImport,
  type RowToImport,
} from '../../../storage/clients/imports/import-rows.js';
import type { Transaction } from '../../../storage/system/database.js';
import type { ActorRights } from '../../access/rights-now.js';
import { change, recordedAll } from '../../change.js';
import { addClients, type NewClient } from '../../clients/create-client.js';
import type { RowRequest, RowResult, RowService } from '../row-service.js';

type Request = RowRequest<'import_clients'>;

/** A row that the dry run accepted. */
interface ReadyRow extends NewClient {
  readonly row: RowToImport;
}

/**
 * Creates the clients of rows of a file, as the dry run left them. What the dry run refused is refused again; the rest
 * is checked as any new client is, with the rights of now.
 */
export const importClientRow: RowService<'import_clients'> = {
  async inTransaction(tx, request) {
    const { position, parameters } = request;
    const row = (await readRowsToImport(tx, parameters.importId, [position])).get(position);
    try {
      const clientIds = await importRows(tx, request, [readyRow(request, row)]);
      return { outcome: 'done', clientId: clientIds.get(position) ?? '' };
    } catch (error) {
      throw error instanceof DomainError ? atColumn(row, error) : error;
    }
  },

  async manyInTransaction(tx, requests) {
    const [first] = requests;
    if (!first) return [];
    const positions = requests.map(({ position }) => position);
    const rows = await readRowsToImport(tx, first.parameters.importId, positions);
    const ready: ReadyRow[] = [];
    const results = new Map<number, RowResult>();
    for (const request of requests) {
      const row = rows.get(request.position);
      try {
        ready.push(readyRow(request, row));
      } catch (error) {
        if (!(error instanceof DomainError)) throw error;
        const { code: problem, message: detail } = atColumn(row, error);
        results.set(request.position, { outcome: 'refused', problem, detail });
      }
    }
    const clientIds = ready.length === 0 ? new Map<number, string>() : await importRows(tx, first, ready);
    for (const [position, clientId] of clientIds) results.set(position, { outcome: 'done', clientId });
    return positions.map((position) => {
      const result = results.get(position);
      if (!result) throw new Error(`row ${position} of an import has no result`);
      return result;
    });
  },
};

/** @throws DomainError why it makes no client */
function readyRow({ rights }: Request, row: RowToImport | undefined): ReadyRow {
  if (!row) throw new DomainError('not_found', 'the uploaded file was deleted: upload it again');
  const [fault] = row.faults ?? [];
  if (fault) throw faultError(row, fault);
  if (!row.fields) throw new DomainError('conflict', 'the row was not checked: start the import again');
  requireAllowed(rights, givenOnly(row.fields));
  const { openingBalance, ...given } = row.fields;
  return { row, given, openingBalance };
}

/** @returns the ids of the new clients by the positions of their rows */
async function importRows(
  tx: Transaction,
  { requester, rights, parameters, reason }: Request,
  ready: readonly ReadyRow[],
): Promise<Map<number, string>> {
  const clientIds = await change(requester, async (saved) => {
    const added = await addClients(saved, requester, ready, {
      reason: reason ?? ('imported' satisfies OwnReason),
      countsFirst: parameters.countFirstNotifications,
      requireAllowed: (fields) => requireAllowed(rights, fields),
    });
    return recordedAll(added.clientIds, added.entries);
  });
  const positions = ready.map(({ row }) => row.position);
  await deleteImportedRows(tx, parameters.importId, positions);
  return new Map(positions.map((position, index) => [position, clientIds[index] ?? '']));
}

function requireAllowed({ scopes }: ActorRights, values: FieldValues): void {
  for (const { name, scope } of scopesOfChange(newClientValues, values)) {
    if (allows(scopes, scope)) continue;
    const why = `must stay empty: the starter of the job lacks ${scope}`;
    throw new DomainError('conflict', why, `/${name}`);
  }
}

function faultError({ columns }: RowToImport, { column, code, detail }: ImportFault): DomainError {
  const header = column === null ? undefined : columns[column];
  return new DomainError(
    isFailureCode(code) ? code : 'invalid',
    header === undefined ? detail : `${header}: ${detail}`,
  );
}

/** The same error, which names the column of the file. */
function atColumn(row: RowToImport | undefined, error: DomainError): DomainError {
  const { code, message, pointer } = error;
  const header = row?.columns[row.mapping.indexOf(pointer.slice(1))];
  return header === undefined ? error : new DomainError(code, `${header}: ${message}`, pointer);
}
