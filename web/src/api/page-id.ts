declare const __PAGE_ID__: string;

/** Of the build that runs here; vite.config.ts puts it in. */
export const pageId: string = __PAGE_ID__;

/** Of the build that the service serves now; null where it does not know. */
export async function readServedPageId(): Promise<string | null> {
  const response = await fetch('/page.json', { cache: 'no-store' }).catch(() => null);
  if (!response?.ok) return null;
  const body: unknown = await response.json().catch(() => null);
  return typeof body === 'object' && body !== null && 'id' in body && typeof body.id === 'string' ? body.id : null;
}
