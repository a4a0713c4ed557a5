import { pageAt } from './app/page-at';
import { language } from './i18n/language';

/**
 * Small, so that it runs soon: what the address needs is fetched while the frame of the page still arrives, not after it.
 */
async function begin(): Promise<void> {
  const frame = import('./app/start');
  // The router asks for it again, and says what is wrong if it does not come.
  void pageAt(location.pathname)
    ?.load()
    .catch(() => undefined);
  if (language() === 'uk') void import('./i18n/uk/core').catch(() => undefined);
  const { start } = await frame;
  await start();
}

begin().catch(async (error: unknown) => {
  const { reloadAfterDeploy } = await import('./app/reload-after-deploy').catch(() => ({ reloadAfterDeploy: null }));
  if (await reloadAfterDeploy?.()) return;
  window.lowwater?.fail(error);
});
