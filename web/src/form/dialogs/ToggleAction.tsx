import '../../i18n/late/developers';
import { IconPlayerPause, IconPlayerPlay } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { t } from '../../i18n/t';
import { ActionButton } from '../../session/ActionButton';
import type { OperationId } from '../../session/rights';
import { toastDone } from '../../ui/toast';
import { ConfirmDialog } from './ConfirmDialog';

interface ToggleActionProps {
  /** of what is enabled or disabled */
  readonly name: string;
  readonly isOn: boolean;
  readonly operation: OperationId;
  /** what it means to change it */
  readonly effect: string;
  /** changes it */
  readonly toggle: () => Promise<unknown>;
  /** brings the page up to date */
  readonly onToggled: () => Promise<void>;
}

/** Enables what is disabled, or the other way, after a question. */
export function ToggleAction({ name, isOn, operation, effect, toggle, onToggled }: ToggleActionProps): ReactNode {
  const [isAsking, setAsking] = useState(false);
  const ToggleIcon = isOn ? IconPlayerPause : IconPlayerPlay;
  const label = t(isOn ? 'developers.hooks.disable' : 'developers.hooks.enable');
  const confirmed = async (): Promise<void> => {
    await toggle();
    toastDone(t(isOn ? 'developers.hooks.disabledToast' : 'developers.hooks.enabledToast', { name }));
    await onToggled();
  };
  return (
    <>
      <ActionButton
        operation={operation}
        variant="default"
        leftSection={<ToggleIcon size={16} aria-hidden />}
        onClick={() => setAsking(true)}
      >
        {label}
      </ActionButton>
      <ConfirmDialog
        opened={isAsking}
        onClose={() => setAsking(false)}
        title={t(isOn ? 'developers.hooks.disableTitle' : 'developers.hooks.enableTitle', { name })}
        effect={effect}
        confirm={label}
        isDangerous={isOn}
        onConfirm={confirmed}
      />
    </>
  );
}
