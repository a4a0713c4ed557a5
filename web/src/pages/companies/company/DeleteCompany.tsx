import { IconTrash } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { useNavigate } from 'react-router';
import { api, unwrap } from '../../../api/client';
import { ConfirmDialog } from '../../../form/dialogs/ConfirmDialog';
import { t } from '../../../i18n/t';
import { refreshLists } from '../../../list/refresh';
import { ActionButton } from '../../../session/ActionButton';
import { toastDone } from '../../../ui/toast';
import type { Company } from './queries';

export function DeleteCompany({ company, etag }: { readonly company: Company; readonly etag: string }): ReactNode {
  const [asking, setAsking] = useState(false);
  const queries = useQueryClient();
  const navigate = useNavigate();
  const { id, name } = company;
  const remove = async (reason: string): Promise<void> => {
    const query = reason === '' ? {} : { reason };
    await unwrap(api.DELETE('/v1/companies/{id}', { params: { path: { id }, header: { 'If-Match': etag }, query } }));
    toastDone(t('companies.deleted'));
    void navigate('/companies');
    await refreshLists(queries, 'companies');
  };
  return (
    <>
      <ActionButton
        operation="deleteCompany"
        isInRow
        size="xs"
        variant="default"
        leftSection={<IconTrash size={16} aria-hidden />}
        onClick={() => setAsking(true)}
      >
        {t('common.delete')}
      </ActionButton>
      <ConfirmDialog
        opened={asking}
        onClose={() => setAsking(false)}
        title={t('companies.delete.title', { name })}
        effect={t('companies.delete.effect')}
        confirm={t('common.delete')}
        isDangerous
        reason="optional"
        onConfirm={remove}
      />
    </>
  );
}
