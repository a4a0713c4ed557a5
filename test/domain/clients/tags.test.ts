import fc from 'fast-check';
import { uniqueTags, withoutTags, withTags } from '../../../src/domain/clients/tags.js';

const tags = fc.array(fc.constantFrom('vip', 'VIP', 'Vip', 'wholesale', 'Ї', 'ї', 'a b'));

test('a tag keeps the spelling that came first', () => {
  expect(uniqueTags(['VIP', 'new', 'vip'])).toEqual(['VIP', 'new']);
  expect(withTags(['VIP'], ['vip', 'new'])).toEqual(['VIP', 'new']);
  expect(withoutTags(['VIP', 'new'], ['vip'])).toEqual(['new']);
});

test('adding twice adds once, and removing what was added leaves nothing of it', () => {
  fc.assert(
    fc.property(tags, tags, (before, added) => {
      const once = withTags(before, added);
      expect(withTags(once, added)).toEqual(once);
      expect(uniqueTags(once)).toEqual(once);
      expect(withoutTags(once, added)).toEqual(withoutTags(uniqueTags(before), added));
    }),
  );
});
