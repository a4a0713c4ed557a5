import { areSameTags, replacedTags, withoutTags, withTags } from '../../../domain/clients/tags.js';
import type { RowService } from '../row-service.js';
import { editClient } from './edit-client.js';

export const addTagsRow: RowService<'add_tags'> = {
  inTransaction: (tx, request) =>
    editClient(tx, request, ({ tags }) => {
      const after = withTags(tags, request.parameters.tags);
      return after.length > tags.length ? { tags: after } : null;
    }),
};

export const removeTagsRow: RowService<'remove_tags'> = {
  inTransaction: (tx, request) =>
    editClient(tx, request, ({ tags }) => {
      const kept = withoutTags(tags, request.parameters.tags);
      return kept.length < tags.length ? { tags: kept } : null;
    }),
};

export const replaceTagsRow: RowService<'replace_tags'> = {
  inTransaction: (tx, request) =>
    editClient(tx, request, ({ tags }) => {
      const after = replacedTags(tags, request.parameters.tags);
      return areSameTags(after, tags) ? null : { tags: after };
    }),
};
