import { Text } from '@mantine/core';
import { IconPlus, IconReceipt } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { keys } from '../../../api/keys';
import { t } from '../../../i18n/t';
import { List } from '../../../list/List';
import { refreshLists } from '../../../list/refresh';
import { ActionButton } from '../../../session/ActionButton';
import { companyEntriesList } from './lists';
import { NewEntryDialog } from './NewEntryDialog';
import type { Company } from './queries';

/** The ledger of a company: what both sides paid and used. */
export function EntriesTab({ company }: { readonly company: Company }): ReactNode {
  const [adding, setAdding] = useState(false);
  const queries = useQueryClient();
  if (company.source === 'reported') return <Text size="sm">{t('companies.entries.reported')}</Text>;
  const refresh = async (): Promise<void> => {
    await queries.invalidateQueries({ queryKey: keys.one('companies', company.id) });
    await refreshLists(queries, 'companyEntries');
    await refreshLists(queries, 'companies');
  };
  const add = (
    <ActionButton
      operation="recordCompanyEntry"
      size="xs"
      leftSection={<IconPlus size={16} aria-hidden />}
      onClick={() => setAdding(true)}
    >
      {t('companies.entry.new')}
    </ActionButton>
  );
  return (
    <>
      <List
        definition={companyEntriesList}
        fixed={{ companyId: company.id }}
        actions={add}
        empty={{ icon: IconReceipt, title: t('companies.entries.none'), action: add }}
      />
      <NewEntryDialog company={company} opened={adding} onClose={() => setAdding(false)} onRecorded={refresh} />
    </>
  );
}
