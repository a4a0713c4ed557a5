import type { JobSelection } from '../../../services/jobs/start-job.js';
import { filtersOfQuery } from '../../contract/query-selection.js';
import { reference } from '../../contract/schemas.js';
import { z } from '../../contract/zod.js';
import { clientFilters, storedFilter } from '../clients/filters.js';

export const selectionSchema = z
  .strictObject({
    clientIds: z
      .array(reference)
      .min(1)
      .max(10_000)
      .transform((ids) => [...new Set(ids)])
      .optional(),
    query: z.string().max(4000).optional().openapi({
      description: 'Filters of `GET /v1/clients` as in its address, without order and page: all clients that match',
      example: 'status=active&tag=wholesale',
    }),
  })
  .refine((given) => (given.clientIds === undefined) !== (given.query === undefined), {
    error: 'give either `clientIds` or `query`',
    path: ['clientIds'],
  })
  .openapi('JobSelection', { description: 'The clients, as you see them now: they do not change while the job runs' });

/** @throws ApiProblem `invalid` with a pointer below the query for each filter at fault */
export function selectionOf(given: z.output<typeof selectionSchema>): JobSelection {
  if (given.clientIds) return { clientIds: given.clientIds };
  const query = given.query ?? '';
  return { query, filter: storedFilter(filtersOfQuery(clientFilters, query, '/selection/query')) };
}
