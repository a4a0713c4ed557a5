import { requireMatcher } from '../../../services/silences/create-silence.js';
import { previewCovered } from '../../../storage/silences/silence-preview.js';
import { ok } from '../../contract/answers.js';
import { defineOperation } from '../../contract/operation.js';
import { idText } from '../../contract/schemas.js';
import { z } from '../../contract/zod.js';
import { clientStateSchema } from '../monitoring/shared.js';
import { matcherOf, silenceMatcherBody } from './schema.js';

const sampleSize = 10;

const previewSchema = z
  .strictObject({
    clients: z.int().openapi({ description: 'Clients that the silence would cover now, of those that you see' }),
    low: z.int().openapi({ description: 'Of these, active ones that are low' }),
    sample: z
      .array(z.strictObject({ id: idText, name: z.string(), resellerName: z.string(), state: clientStateSchema }))
      .openapi({ description: `Up to ${sampleSize}, those that are low first` }),
  })
  .openapi('SilencePreview');

export const previewSilenceOperation = defineOperation({
  id: 'previewSilence',
  method: 'post',
  path: '/v1/silences/preview',
  area: 'silences',
  summary: 'Preview which clients a silence covers',
  description: 'Changes nothing.',
  scope: 'monitor:read',
  request: { body: silenceMatcherBody },
  example: { tag: 'wholesale' },
  responses: { 200: { description: 'The clients', schema: previewSchema } },
  problems: ['not_found'],
  async handler({ body, scope, now }) {
    const matcher = matcherOf(body, scope.resellerId);
    const preview = await scope.read(async (q) => {
      await requireMatcher(q, scope.resellerId, matcher);
      return previewCovered(q, scope.resellerId, matcher, { at: new Date(now), sample: sampleSize });
    });
    return ok({ ...preview, sample: preview.sample.map((client) => ({ ...client })) });
  },
});
