import { Button, Group, Modal, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useState, type FormEvent, type ReactNode } from 'react';
import { impactToConfirm } from '../../api/problems';
import { t } from '../../i18n/t';
import { FailedState } from '../../ui/FailedState';
import { ImpactSummary, type NotificationImpact } from '../ImpactSummary';

export interface ConfirmDialogProps {
  readonly opened: boolean;
  readonly onClose: () => void;
  /** what is done to which object: "Revoke the key “billing”?" */
  readonly title: string;
  /** what happens then, in numbers where there are any */
  readonly effect: ReactNode;
  readonly confirm: string;
  readonly size?: 'md' | 'lg';
  readonly isDangerous?: boolean;
  /** must be typed to continue: only for what cannot be undone */
  readonly typed?: string;
  readonly reason?: 'required' | 'optional';
  /** more fields, where the operation has some */
  readonly children?: ReactNode;
  /** false while one of these fields is not filled in */
  readonly isFilled?: boolean;
  /**
   * A failure is shown in the dialog; else the dialog closes. Where the service asks for the number of clients that are
   * notified, the dialog shows it, and the next confirmation passes it on as `confirmed`.
   */
  readonly onConfirm: (reason: string, confirmed?: number) => Promise<unknown>;
}

const longestReason = 500;

/** Asks before something happens: names the object, shows the effect, takes the reason. */
export function ConfirmDialog(props: ConfirmDialogProps): ReactNode {
  const { opened, onClose, title, size = 'md' } = props;
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={title}
      size={size}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      {/* Made again with every opening: yesterday's reason is none for today. */}
      {opened && <Questions {...props} />}
    </Modal>
  );
}

function Questions(props: ConfirmDialogProps): ReactNode {
  const { onClose, effect, confirm, isDangerous = false, typed, reason, children, isFilled = true, onConfirm } = props;
  const [why, setWhy] = useState('');
  const [word, setWord] = useState('');
  const [error, setError] = useState<unknown>(null);
  const [impact, setImpact] = useState<NotificationImpact | null>(null);
  const [isBusy, setBusy] = useState(false);
  const isReady =
    isFilled && (typed === undefined || word.trim() === typed) && (reason !== 'required' || why.trim() !== '');
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    event.stopPropagation();
    if (!isReady || isBusy) return;
    setBusy(true);
    setError(null);
    try {
      await onConfirm(why.trim(), impact?.newlyNotified.count);
      onClose();
    } catch (failure) {
      const toConfirm = impactToConfirm(failure);
      setImpact(toConfirm);
      if (!toConfirm) setError(failure);
    } finally {
      setBusy(false);
    }
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        <Text size="sm" component="div">
          {effect}
        </Text>
        {children}
        {reason && (
          <Textarea
            data-autofocus
            label={t('common.reason')}
            placeholder={t('form.reason.placeholder')}
            required={reason === 'required'}
            maxLength={longestReason}
            autosize
            minRows={2}
            value={why}
            onChange={(event) => setWhy(event.currentTarget.value.replace(/\n/g, ' '))}
          />
        )}
        {typed !== undefined && (
          <TextInput
            required
            autoComplete="off"
            label={t('form.confirm.type', { name: typed })}
            value={word}
            onChange={(event) => setWord(event.currentTarget.value)}
          />
        )}
        {impact && <ImpactSummary impact={impact} />}
        {error !== null && <FailedState error={error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('common.cancel')}
          </Button>
          <Button type="submit" color={isDangerous ? 'red' : undefined} loading={isBusy} disabled={!isReady}>
            {impact ? t('form.notify.confirm') : confirm}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

/** As ConfirmDialog, with a reason that must be given: for credit, silence, re-arming, deleting. */
export function ReasonDialog(props: Omit<ConfirmDialogProps, 'reason'>): ReactNode {
  return <ConfirmDialog {...props} reason="required" />;
}
