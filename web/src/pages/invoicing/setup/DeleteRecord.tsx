import { Divider } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { ConfirmDialog } from '../../../form/dialogs/ConfirmDialog';
import { t } from '../../../i18n/t';
import { ActionButton } from '../../../session/ActionButton';
import type { OperationId } from '../../../session/rights';

interface DeleteRecordProps {
  readonly operation: OperationId;
  readonly name: string;
  /** that use it: while there are any, it stays */
  readonly clients: number;
  readonly remove: (reason: string) => Promise<unknown>;
}

export function DeleteRecord({ operation, name, clients, remove }: DeleteRecordProps): ReactNode {
  const [isAsking, setAsking] = useState(false);
  return (
    <>
      <Divider />
      <ActionButton
        operation={operation}
        variant="default"
        w="fit-content"
        leftSection={<IconTrash size={16} aria-hidden />}
        blocked={clients > 0 ? t('terms.inUse', { n: clients }) : null}
        onClick={() => setAsking(true)}
      >
        {t('common.delete')}
      </ActionButton>
      <ConfirmDialog
        opened={isAsking}
        onClose={() => setAsking(false)}
        title={t('terms.delete', { name })}
        effect={t('terms.deleteEffect')}
        confirm={t('common.delete')}
        isDangerous
        reason="optional"
        onConfirm={remove}
      />
    </>
  );
}
