import { IconArrowsMove, IconPlus, IconTrash } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { useNavigate } from 'react-router';
import { api, etagOf, unwrap } from '../../../api/client';
import { ConfirmDialog } from '../../../form/dialogs/ConfirmDialog';
import { t } from '../../../i18n/t';
import { ActionButton } from '../../../session/ActionButton';
import { useMe } from '../../../session/session';
import { toastDone } from '../../../ui/toast';
import { reasonOf, resellerUseQuery, useRefreshResellers, type Reseller } from '../queries';
import { MoveDialog } from './MoveDialog';

const counted = ['resellers', 'managers', 'clients', 'companies', 'users', 'apiKeys'] as const;

/** Adds below, moves, and deletes a reseller; a manager is only deleted. */
export function ResellerActions({ reseller }: { readonly reseller: Reseller }): ReactNode {
  const { id, name, kind } = reseller;
  const me = useMe();
  const navigate = useNavigate();
  const refresh = useRefreshResellers();
  const [asking, setAsking] = useState<'move' | 'delete' | null>(null);
  const { data: use } = useQuery(resellerUseQuery(id));
  const close = (): void => setAsking(null);
  const found = use
    ? counted.filter((one) => use[one] > 0).map((one) => t(`resellers.use.${one}`, { n: use[one] }))
    : [];
  const isOwn = kind === 'operator' || id === me.resellerId;
  const remove = async (reason: string): Promise<void> => {
    const params = { path: { id }, header: { 'If-Match': etagOf(reseller) }, query: reasonOf(reason) };
    await unwrap(api.DELETE('/v1/resellers/{id}', { params }));
    toastDone(t('resellers.deletedToast', { name }));
    await navigate('/resellers');
    await refresh();
  };
  return (
    <>
      {kind !== 'manager' && (
        <ActionButton
          operation="createReseller"
          isInRow
          variant="default"
          size="xs"
          leftSection={<IconPlus size={16} aria-hidden />}
          onClick={() => void navigate(`/resellers/new?parent=${id}`)}
        >
          {t('resellers.new')}
        </ActionButton>
      )}
      {kind === 'reseller' && !isOwn && (
        <ActionButton
          operation="moveReseller"
          isInRow
          variant="default"
          size="xs"
          leftSection={<IconArrowsMove size={16} aria-hidden />}
          onClick={() => setAsking('move')}
        >
          {t('resellers.move')}
        </ActionButton>
      )}
      {!isOwn && (
        <ActionButton
          operation="deleteReseller"
          isInRow
          variant="default"
          size="xs"
          leftSection={<IconTrash size={16} aria-hidden />}
          blocked={found.length > 0 ? t('resellers.inUse', { list: found.join(', ') }) : null}
          onClick={() => setAsking('delete')}
        >
          {t('common.delete')}
        </ActionButton>
      )}
      <ConfirmDialog
        opened={asking === 'delete'}
        onClose={close}
        title={t('resellers.deleteTitle', { name })}
        effect={
          kind === 'manager' && use
            ? t('resellers.deleteManagerEffect', { n: use.managedClients })
            : t('resellers.deleteEffect')
        }
        confirm={t('common.delete')}
        isDangerous
        reason="optional"
        onConfirm={remove}
      />
      {asking === 'move' && <MoveDialog reseller={reseller} onClose={close} />}
    </>
  );
}
