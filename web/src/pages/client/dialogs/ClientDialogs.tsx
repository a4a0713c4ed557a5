import { Modal } from '@mantine/core';
import type { ReactNode } from 'react';
import { t } from '../../../i18n/t';
import { useReturnFocus } from '../../../ui/use-return-focus';
import type { Client, Grant } from '../queries';
import { EntryForm, type PostedKind } from './EntryForm';
import { CancelGrantDialog, ChangeGrantForm } from './GrantChanges';
import { GrantForm } from './GrantForm';
import { LimitForm } from './LimitForm';
import { PauseDialog, ResetDialog, RestartDialog, ResumeDialog, SilenceForm, UnsilenceDialog } from './MonitorDialogs';

/** What may be asked on top of the page. */
export type Dialog =
  | { readonly kind: 'entry'; readonly entry: PostedKind }
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
  | { readonly kind: 'restart' };

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
  const props = { client, onClose };
  switch (dialog.kind) {
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
      return <CancelGrantDialog {...props} grant={dialog.grant} />;
    default:
      return (
        <Modal opened onClose={onClose} title={titleOf(dialog)} closeButtonProps={{ 'aria-label': t('common.close') }}>
          {formOf(dialog, client, etag, onClose)}
        </Modal>
      );
  }
}

type FormDialog = Extract<Dialog, { kind: 'entry' | 'grant' | 'changeGrant' | 'limit' | 'silence' }>;

function titleOf(dialog: FormDialog): string {
  if (dialog.kind === 'entry') return t(`client.record.${dialog.entry}`);
  return t(`client.dialog.${dialog.kind}`);
}

function formOf(dialog: FormDialog, client: Client, etag: string, onClose: () => void): ReactNode {
  const props = { client, onClose };
  switch (dialog.kind) {
    case 'entry':
      return <EntryForm {...props} kind={dialog.entry} />;
    case 'grant':
      return <GrantForm {...props} />;
    case 'changeGrant':
      return <ChangeGrantForm {...props} grant={dialog.grant} />;
    case 'limit':
      return <LimitForm {...props} etag={etag} />;
    case 'silence':
      return <SilenceForm {...props} rule={dialog.rule} />;
  }
}
