import { useNavigate } from 'react-router';
import { t } from '../i18n/t';
import { useCan } from '../session/rights';
import { useShortcuts } from '../ui/shortcuts';
import { navigationPages } from './pages';

/** `g c` and the like lead to a page, `?` shows the keys. */
export function useNavigationShortcuts(onHelp: () => void): void {
  const can = useCan();
  const navigate = useNavigate();
  const go = navigationPages
    .filter(({ key, operation }) => key !== null && can(operation))
    .map(({ key, label, path }) => ({
      keys: `g ${key}`,
      label: t(label),
      group: t('app.help.go'),
      run: () => void navigate(path),
    }));
  useShortcuts([...go, { keys: '?', label: t('app.help.open'), group: t('app.help.everywhere'), run: onHelp }]);
}
