import '../../web/src/i18n/late/emails';
import { ApiError, problemDetail } from '../../web/src/api/problems';
import { setLanguage } from '../../web/src/i18n/language';
import { inPageLanguage } from '../../web/src/pages/templates/queries';

afterEach(() => setLanguage('en'));

const detail = 'text, line 2, column 5: "each" has no opening tag';
const fault = {
  ...{ part: 'text' as const, line: 2, column: 5 },
  ...{ code: 'block_unopened' as const, parameters: { name: 'each' } },
};
const refused = new ApiError(400, {
  ...{ code: 'invalid', title: 'Request not valid', detail, requestId: 'r-1' },
  errors: [{ pointer: '#/text', code: 'template_fault', detail, fault }],
});

test('a template that is refused when it is saved says why in the language of the page', () => {
  setLanguage('uk');
  const shown = problemDetail(inPageLanguage(refused)) ?? '';
  expect(shown).toMatch(/рядок 2, стовпець 5: .*each/);
  expect(shown).not.toContain('opening');
  setLanguage('en');
  expect(problemDetail(inPageLanguage(refused))).toBe('Text, line 2, column 5: "each" has no opening tag');
});

test('other failures stay as they are', () => {
  const other = new ApiError(409, { code: 'conflict', title: 'Conflict', detail: 'there is one already' });
  expect(inPageLanguage(other)).toBe(other);
  const broken = new Error('broken');
  expect(inPageLanguage(broken)).toBe(broken);
});
