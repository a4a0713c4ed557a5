let html = '';

/** Keeps the shell that the document brought, so that what follows it looks the same until the page is there. */
export function keepSkeleton(root: HTMLElement): void {
  html = root.querySelector('[data-skeleton]')?.outerHTML ?? '';
}

export const skeletonHtml = (): string => html;
