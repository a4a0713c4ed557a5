import { Modal, Skeleton } from '@mantine/core';
import { lazy, Suspense, type ReactNode } from 'react';
import { CancelGrantDialog } from '../../../../form/grant/CancelGrantDialog';
import { ChangeGrantForm } from '../../../../form/grant/ChangeGrantForm';
import { t } from '../../../../i18n/t';
import { DeleteDialog } from '../../lifecycle/DeleteDialog';
import { FullDeleteDialog } from '../../lifecycle/FullDeleteDialog';
import { RestoreDialog } from '../../lifecycle/RestoreDialog';
import { useReturnFocus } from '../../../../ui/use-return-focus';
import { useClientRefresh, type Client, type Grant } from '../queries';
import { EntryForm, type PostedKind } from './EntryForm';
import { GrantForm } from './GrantForm';
import { LimitForm } from './LimitForm';
import { PauseDialog, ResetDialog, RestartDialog, ResumeDialog, SilenceForm, UnsilenceDialog } from './MonitorDialogs';

const InvoiceForm = lazy(async () => ({ default: (await import('./InvoiceForm')).InvoiceForm }));

/** What may be asked on top of the page. */
export type Dialog =
  | { readonly kind: 'entry'; readonly entry: PostedKind }
  | { readonly kind: 'invoice' }
  | { readonly kind: 'grant' }
  | { readonly kind: 'changeGrant'; readonly grant: Grant }
  | { readonly kind: 'cancelGrant'; readonly grant: Grant }
  | { readonly kind: 'limit' }
  /** a rule of null: all rules */
  | { readonly kind: 'silence'; readonly rule: string | null }
  | { readonly kind: 'unsilence'; readonly rule: string | null }
  | { readonly kind: 'reset'; readonly rule: string; readonly count: number }
  | { readonly kind: 'pause' }
  | { readonly kind: 'resume' }
  | { readonly kind: 'restart' }
  | { readonly kind: 'delete' }
  | { readonly kind: 'restore' }
  | { readonly kind: 'fullDelete' };

interface ClientDialogsProps {
  readonly client: Client;
  readonly etag: string;
  readonly dialog: Dialog | null;
  readonly onClose: () => void;
}

export function ClientDialogs({ dialog, ...rest }: ClientDialogsProps) {
  return dialog && <Opened dialog={dialog} {...rest} />;
}

function Opened({ client, etag, dialog, onClose }: ClientDialogsProps & { readonly dialog: Dialog }) {
  useReturnFocus();
  const refresh = useClientRefresh(client.id);
  const props = { client, onClose };
  const lifecycle = { id: client.id, name: client.name, opened: true, onClose, onDone: refresh };
  switch (dialog.kind) {
    case 'delete':
      return <DeleteDialog {...lifecycle} />;
    case 'restore':
      return <RestoreDialog {...lifecycle} />;
    case 'fullDelete':
      return <FullDeleteDialog {...lifecycle} />;
    case 'pause':
      return <PauseDialog {...props} />;
    case 'resume':
      return <ResumeDialog {...props} />;
    case 'restart':
      return <RestartDialog {...props} />;
    case 'reset':
      return <ResetDialog {...props} rule={dialog.rule} count={dialog.count} />;
    case 'unsilence':
      return <UnsilenceDialog {...props} rule={dialog.rule} />;
    case 'cancelGrant':
      return <CancelGrantDialog grant={dialog.grant} opened onSaved={refresh} onClose={onClose} />;
    default:
      return (
        <Modal opened onClose={onClose} title={titleOf(dialog)} closeButtonProps={{ 'aria-label': t('common.close') }}>
          {formOf(dialog, { client, etag, onClose, refresh })}
        </Modal>
      );
  }
}

type FormDialog = Extract<Dialog, { kind: 'entry' | 'invoice' | 'grant' | 'changeGrant' | 'limit' | 'silence' }>;

function titleOf(dialog: FormDialog): string {
  if (dialog.kind === 'entry') return t(`client.record.${dialog.entry}`);
  if (dialog.kind === 'invoice') return t('invoices.new');
  if (dialog.kind === 'grant') return t('credit.new');
  if (dialog.kind === 'changeGrant') return t('credit.editTitle');
  return t(`client.dialog.${dialog.kind}`);
}

interface FormContext {
  readonly client: Client;
  readonly etag: string;
  readonly onClose: () => void;
  readonly refresh: () => Promise<void>;
}

function formOf(dialog: FormDialog, { client, etag, onClose, refresh }: FormContext): ReactNode {
  const props = { client, onClose };
  switch (dialog.kind) {
    case 'entry':
      return <EntryForm {...props} kind={dialog.entry} />;
    case 'invoice':
      return (
        <Suspense fallback={<Skeleton h={240} />}>
          <InvoiceForm {...props} />
        </Suspense>
      );
    case 'grant':
      return <GrantForm {...props} />;
    case 'changeGrant':
      return <ChangeGrantForm grant={dialog.grant} onSaved={refresh} onClose={onClose} />;
    case 'limit':
      return <LimitForm {...props} etag={etag} />;
    case 'silence':
      return <SilenceForm {...props} rule={dialog.rule} />;
  }
}
