import { Modal } from '@mantine/core';
import type { ReactNode } from 'react';
import { t } from '../../i18n/t';
import { useReturnFocus } from '../../ui/use-return-focus';
import { EntryForm } from './client/dialogs/EntryForm';
import { GrantForm } from './client/dialogs/GrantForm';
import { SilenceForm } from './client/dialogs/MonitorDialogs';
import type { ClientRow } from './clients-list';

export type RowForm = 'payment' | 'grant' | 'silence';

interface RowDialogProps {
  readonly client: ClientRow;
  readonly form: RowForm;
  readonly onClose: () => void;
}

const titles = {
  payment: 'client.record.payment',
  grant: 'credit.new',
  silence: 'client.dialog.silence',
} as const;

/** The forms of the client's page over the list, named by the client. */
export default function RowDialog({ client, form, onClose }: RowDialogProps): ReactNode {
  useReturnFocus();
  const props = { client, onClose };
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('clients.rowDialog', { action: t(titles[form]), name: client.name })}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      {form === 'payment' && <EntryForm {...props} kind="payment" />}
      {form === 'grant' && <GrantForm {...props} />}
      {form === 'silence' && <SilenceForm {...props} rule={null} />}
    </Modal>
  );
}
