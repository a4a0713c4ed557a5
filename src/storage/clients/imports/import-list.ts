import type { JobStatus } from '../../../domain/jobs/job-outcomes.js';
import { actorName } from '../../access/actor-name.js';
import type { Queries } from '../../system/database.js';
import type { ListQuery } from '../../system/paging.js';
import { visibleReseller } from '../../system/tenancy.js';

/** An upload in the list. */
export interface ListedImport {
  readonly id: string;
  readonly fileName: string;
  readonly rows: number;
  readonly isMapped: boolean;
  readonly checked: number;
  readonly invalid: number;
  /** null: not started */
  readonly jobId: string | null;
  readonly jobStatus: JobStatus | null;
  /** clients that the job has created */
  readonly imported: number | null;
  readonly createdBy: string;
  readonly createdByName: string | null;
  readonly createdAt: Date;
}

export const importSorts = ['id', 'fileName', 'rows', 'createdAt'] as const;

export function importList(q: Queries, withinId: string): ListQuery<ListedImport, (typeof importSorts)[number]> {
  const visible = visibleReseller(q, q`i.reseller_id`, withinId);
  return {
    columns: {
      id: { expression: q`i.id`, type: 'bigint' },
      fileName: { expression: q`lower(i.file_name)`, type: 'text' },
      rows: { expression: q`i.rows`, type: 'bigint' },
      createdAt: { expression: q`i.created_at`, type: 'timestamptz' },
    },
    select: ({ within, orderBy, limit, position }) => q`
      select i.id, i.file_name as "fileName", i.rows, i.mapping is not null as "isMapped", i.checked, i.invalid,
        i.job_id as "jobId", j.status as "jobStatus", j.done as imported, i.created_by as "createdBy",
        ${actorName(q, q`i.created_by`, withinId)} as "createdByName", i.created_at as "createdAt", ${position} as position
      from imports i left join jobs j on j.id = i.job_id
      where ${visible} and ${within} order by ${orderBy} limit ${limit}`,
    count: () => q`select count(*)::int as total from imports i where ${visible}`,
  };
}
