import { useQueryClient } from '@tanstack/react-query';
import type { Versioned } from '../../../api/client';
import { keys } from '../../../api/keys';
import { t } from '../../../i18n/t';
import { refreshLists } from '../../../list/refresh';
import { toastDone } from '../../../ui/toast';
import type { Company } from './queries';

/** Shows what was saved, and continues from its version. */
export function useCompanySaved(
  onSaved: (saved: Versioned<Company>) => void,
): (saved: Versioned<Company>) => Promise<void> {
  const queries = useQueryClient();
  return async (saved) => {
    onSaved(saved);
    queries.setQueryData(keys.one('companies', saved.value.id), saved);
    toastDone(t('companies.saved'));
    await refreshLists(queries, 'companies');
  };
}
