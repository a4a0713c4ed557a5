import {
  discardTemplateDraft,
  publishMailTemplate,
  restoreTemplateVersion,
  saveTemplateDraft,
} from '../../../services/templates/draft-mail-template.js';
import { ok } from '../../contract/answers.js';
import { defineOperation } from '../../contract/operation.js';
import { pathId } from '../../contract/schemas.js';
import { z } from '../../contract/zod.js';
import { requireVersion } from '../../http/if-match.js';
import { partFields, requireUsable, templateExample, templateJson, templateSchema } from './shared.js';

const params = z.strictObject({ id: pathId });
const responses = { 200: { description: 'The template', schema: templateSchema } };
const common = { area: 'templates', scope: 'templates:write', needsIfMatch: true } as const;

export const saveMailTemplateDraftOperation = defineOperation({
  ...common,
  id: 'saveMailTemplateDraft',
  method: 'put',
  path: '/v1/mail-templates/{id}/draft',
  summary: 'Save a draft of an email template',
  description: 'Emails keep their published text. A draft may have errors: publishing it lists them.',
  request: { params, body: z.strictObject(partFields) },
  example: { subject: templateExample.subject, html: '', text: templateExample.text },
  responses,
  async handler({ params: { id }, body, requester, ifMatch }) {
    const row = await saveTemplateDraft(requester, id, body, (before) =>
      requireVersion(ifMatch, before.version, templateJson(before)),
    );
    return ok(templateJson(row), { version: row.version });
  },
});

export const discardMailTemplateDraftOperation = defineOperation({
  ...common,
  id: 'discardMailTemplateDraft',
  method: 'delete',
  path: '/v1/mail-templates/{id}/draft',
  summary: 'Discard the draft of an email template',
  request: { params },
  responses,
  problems: ['conflict'],
  async handler({ params: { id }, requester, ifMatch }) {
    const row = await discardTemplateDraft(requester, id, (before) =>
      requireVersion(ifMatch, before.version, templateJson(before)),
    );
    return ok(templateJson(row), { version: row.version });
  },
});

export const publishMailTemplateOperation = defineOperation({
  ...common,
  id: 'publishMailTemplate',
  method: 'post',
  path: '/v1/mail-templates/{id}/publish',
  summary: 'Publish the draft of an email template',
  description: 'From the next email on, it is used. What was published before stays in the versions.',
  request: { params },
  responses,
  problems: ['conflict'],
  async handler({ params: { id }, requester, ifMatch }) {
    const row = await publishMailTemplate(requester, id, requireUsable, (before) =>
      requireVersion(ifMatch, before.version, templateJson(before)),
    );
    return ok(templateJson(row), { version: row.version });
  },
});

export const restoreMailTemplateVersionOperation = defineOperation({
  ...common,
  id: 'restoreMailTemplateVersion',
  method: 'post',
  path: '/v1/mail-templates/{id}/restore',
  summary: 'Restore a version of an email template as its draft',
  request: { params, body: z.strictObject({ number: z.int().positive() }) },
  example: { number: 1 },
  responses,
  problems: ['not_found'],
  async handler({ params: { id }, body, requester, ifMatch }) {
    const row = await restoreTemplateVersion(requester, id, body.number, (before) =>
      requireVersion(ifMatch, before.version, templateJson(before)),
    );
    return ok(templateJson(row), { version: row.version });
  },
});
