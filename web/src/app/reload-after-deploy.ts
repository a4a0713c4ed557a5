import { pageId, readServedPageId } from '../api/page-id';

const key = 'lowwater.reloaded-for';

/**
 * A chunk that is gone because the service serves another build: loads the page again, once per build, and never when the
 * service does not answer, for then a reload would lose the page too.
 *
 * @param target the address on the way to which the chunk was needed; default: the present one
 * @returns whether the page is on its way out
 */
export async function reloadAfterDeploy(target: string | null = null): Promise<boolean> {
  const served = await readServedPageId();
  if (served === null || served === pageId || !remember(served)) return false;
  if (target === null) location.reload();
  else location.assign(target);
  return true;
}

/** Where nothing can be remembered, the reload is left to the user: it must not repeat itself. */
function remember(served: string): boolean {
  try {
    if (sessionStorage.getItem(key) === served) return false;
    sessionStorage.setItem(key, served);
    return true;
  } catch {
    return false;
  }
}
