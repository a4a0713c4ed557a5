import { Modal, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { api, unwrap } from '../../../../api/client';
import { keys } from '../../../../api/keys';
import type { AppSecret } from '../../../../api/types';
import { t } from '../../../../i18n/t';
import { AppSetup } from '../../../../ui/login/AppSetup';
import { RecoveryCodes } from '../../../../ui/login/RecoveryCodes';
import { toastDone } from '../../../../ui/toast';
import { ProofForm, type Proof } from './ProofForm';

export type SecondFactorTask = 'setUp' | 'replace' | 'codes' | 'off';

interface SecondFactorDialogProps {
  /** null: closed */
  readonly task: SecondFactorTask | null;
  readonly onClose: () => void;
}

/** One change of the own second factor: the password first, then what it needs, last the recovery codes. */
export function SecondFactorDialog({ task, onClose }: SecondFactorDialogProps): ReactNode {
  const [title, setTitle] = useState('');
  const name = task === null ? title : t(`account.task.${task}`);
  if (name !== title) setTitle(name);
  return (
    <Modal
      opened={task !== null}
      onClose={onClose}
      title={name}
      closeOnClickOutside={false}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      {task !== null && <Steps task={task} onClose={onClose} />}
    </Modal>
  );
}

function Steps({ task, onClose }: { readonly task: SecondFactorTask; readonly onClose: () => void }): ReactNode {
  const queries = useQueryClient();
  const [app, setApp] = useState<AppSecret | null>(null);
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  const done = async (): Promise<void> => {
    onClose();
    toastDone(t(`account.done.${task}`));
  };
  const refresh = async (): Promise<void> => {
    await queries.invalidateQueries({ queryKey: keys.mySecondFactor });
    await queries.invalidateQueries({ queryKey: keys.mySessions });
  };
  const proceed = async ({ password, code }: Proof): Promise<void> => {
    if (task === 'off') {
      await unwrap(api.POST('/v1/me/second-factor/disable', { body: { password, code } }));
      await refresh();
      await done();
    } else if (task === 'codes') {
      const made = await unwrap(api.POST('/v1/me/second-factor/recovery-codes', { body: { password } }));
      setCodes(made.recoveryCodes);
      await refresh();
    } else {
      const body = { password, ...(task === 'replace' && { code }) };
      setApp(await unwrap(api.POST('/v1/me/second-factor/enrollment', { body })));
    }
  };
  const confirm = async (code: string): Promise<void> => {
    const made = await unwrap(api.POST('/v1/me/second-factor/confirm', { body: { code } }));
    setCodes(made.recoveryCodes);
    await refresh();
  };
  if (codes) return <RecoveryCodes codes={codes} onSaved={() => void done()} />;
  if (app) return <AppSetup app={app} onCode={confirm} />;
  return (
    <>
      <Text size="sm" mb="md">
        {t(`account.effect.${task}`)}
      </Text>
      <ProofForm needsCode={task === 'replace' || task === 'off'} isDangerous={task === 'off'} onProof={proceed} />
    </>
  );
}
