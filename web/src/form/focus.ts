const focusable = 'input, textarea, select, button, [tabindex]';

/** Focuses the first of these controls, as the page goes, and brings it into sight. */
export function focusFirst(ids: readonly string[]): void {
  const controls = ids
    .flatMap((id) => document.getElementById(id) ?? [])
    .sort((left, right) => (left.compareDocumentPosition(right) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1));
  const [first] = controls;
  if (!first) return;
  const target = first.matches(focusable) ? first : (first.querySelector<HTMLElement>(focusable) ?? first);
  target.focus();
  target.scrollIntoView({ block: 'center' });
}
