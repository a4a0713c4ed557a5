import { jobStatuses } from '../../../../domain/jobs/job-outcomes.js';
import { importList, importSorts } from '../../../../storage/clients/imports/import-list.js';
import { defineList } from '../../../contract/define-list.js';
import { actorNameText, idText, timeString, timeText } from '../../../contract/schemas.js';
import { z } from '../../../contract/zod.js';

const count = z.int().min(0);

const listedImportSchema = z
  .strictObject({
    id: idText,
    fileName: z.string(),
    rows: count,
    isMapped: z.boolean().openapi({ description: 'A mapping was saved' }),
    checkedRows: count,
    invalidRows: count.openapi({ description: 'Of the checked ones' }),
    jobId: idText.nullable().openapi({ description: 'null: not started' }),
    jobStatus: z.enum(jobStatuses).nullable(),
    imported: count.nullable().openapi({ description: 'Clients that the job has created; null: not started' }),
    createdBy: z.string().openapi({ example: 'user:3' }),
    createdByName: actorNameText,
    createdAt: timeString,
  })
  .openapi('ListedImport');

export const listImportsOperation = defineList({
  id: 'listImports',
  path: '/v1/imports',
  area: 'imports',
  summary: 'List uploads of clients',
  description: 'Files that were uploaded, with how far each import is.',
  scope: 'clients:write',
  filters: {},
  sorts: importSorts,
  order: '-id',
  page: 'A page of uploads',
  item: listedImportSchema,
  rows: (q, { caller }) => importList(q, caller.resellerId),
  toJson: ({ checked, invalid, createdAt, ...row }) => ({
    id: row.id,
    fileName: row.fileName,
    rows: row.rows,
    isMapped: row.isMapped,
    checkedRows: checked,
    invalidRows: invalid,
    jobId: row.jobId,
    jobStatus: row.jobStatus,
    imported: row.imported,
    createdBy: row.createdBy,
    createdByName: row.createdByName,
    createdAt: timeText(createdAt),
  }),
  csv: {
    id: 'exportImports',
    name: 'imports',
    what: 'uploads of clients',
    columns: {
      id: { header: 'ID', value: ({ id }) => ({ number: id }) },
      fileName: { header: 'File', value: ({ fileName }) => fileName },
      rows: { header: 'Rows', value: ({ rows }) => ({ number: String(rows) }) },
      checkedRows: { header: 'Checked', value: ({ checkedRows }) => ({ number: String(checkedRows) }) },
      invalidRows: { header: 'Not valid', value: ({ invalidRows }) => ({ number: String(invalidRows) }) },
      imported: {
        header: 'Imported',
        value: ({ imported }) => (imported === null ? null : { number: String(imported) }),
      },
      jobId: { header: 'Job ID', value: ({ jobId }) => (jobId === null ? null : { number: jobId }) },
      jobStatus: { header: 'Job', value: ({ jobStatus }) => jobStatus },
      createdBy: { header: 'Uploaded by', value: ({ createdBy }) => createdBy },
      createdByName: { header: 'Name', value: ({ createdByName }) => createdByName },
      createdAt: { header: 'Uploaded', value: ({ createdAt }) => createdAt },
    },
  },
});
