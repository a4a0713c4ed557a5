import { DomainError } from '../../../../domain/errors.js';
import { readRateFile } from '../../../../storage/rates/notifications/rate-notification-list.js';
import { content } from '../../../contract/answers.js';
import { defineOperation } from '../../../contract/operation.js';
import { pathId } from '../../../contract/schemas.js';
import { z } from '../../../contract/zod.js';

export const readRateFileOperation = defineOperation({
  id: 'readRateNotificationFile',
  method: 'get',
  path: '/v1/rate-notifications/{id}/files/{position}',
  area: 'rate-tables',
  summary: 'Download a file of a rate notification',
  description:
    'The same bytes that the email has attached, whatever has changed since, for `RATE_FILE_DAYS` days. `position` is that of `files`.',
  scope: 'notifications:read',
  request: {
    params: z.strictObject({
      id: pathId,
      position: z
        .string()
        .regex(/^\d{1,4}$/)
        .openapi({ description: 'From 0', example: '0' }),
    }),
  },
  responses: { 200: { description: 'The file, CSV or XLSX', contentType: 'application/octet-stream' } },
  async handler({ params: { id, position }, scope }) {
    const file = await scope.read((q) => readRateFile(q, scope.resellerId, id, Number(position)));
    if (!file) {
      throw new DomainError('not_found', `there is no file ${position} of rate notification ${id}`, '/path/position');
    }
    if (file.content === null) {
      const detail = `file ${position} of rate notification ${id} is no longer kept: send the rates again`;
      throw new DomainError('not_found', detail, '/path/position');
    }
    return content('application/octet-stream', file.content, {
      headers: { 'Content-Disposition': `attachment; filename="${file.fileName}"` },
    });
  },
});
