import { useCallback } from 'react';

/**
 * Marks a box that scrolls sideways with `data-more-left` and `data-more-right` where content is hidden there, for the
 * shadow at that edge. Attributes instead of state: scrolling renders nothing.
 */
export function useScrollEdges(): (box: HTMLElement | null) => (() => void) | undefined {
  return useCallback((box) => {
    if (!box) return undefined;
    const mark = (): void => {
      const hidden = box.scrollWidth - box.clientWidth;
      box.toggleAttribute('data-more-left', box.scrollLeft > 1);
      box.toggleAttribute('data-more-right', box.scrollLeft < hidden - 1);
    };
    const sizes = new ResizeObserver(mark);
    sizes.observe(box);
    for (const child of box.children) sizes.observe(child);
    box.addEventListener('scroll', mark, { passive: true });
    mark();
    return () => {
      sizes.disconnect();
      box.removeEventListener('scroll', mark);
    };
  }, []);
}
