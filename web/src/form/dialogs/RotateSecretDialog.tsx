import { Radio, Stack } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { intlLocale } from '../../i18n/language';
import { t } from '../../i18n/t';
import { hourMs } from '../../ui/durations';
import { durationText } from '../../ui/text/duration-text';
import { ConfirmDialog, type ConfirmDialogProps } from './ConfirmDialog';

interface RotateSecretDialogProps extends Pick<ConfirmDialogProps, 'opened' | 'onClose' | 'title' | 'effect'> {
  /** asks how long the secret before stays in use */
  readonly label: string;
  readonly rotate: (overlapHours: number) => Promise<unknown>;
}

/** In hours. */
const overlaps = [0, 1, 24, 168] as const;

/** Asks before a secret is replaced, and how long the one before it works too. */
export function RotateSecretDialog({ label, rotate, ...dialog }: RotateSecretDialogProps): ReactNode {
  const [overlap, setOverlap] = useState('24');
  return (
    <ConfirmDialog {...dialog} confirm={t('developers.hooks.rotate')} onConfirm={() => rotate(Number(overlap))}>
      <Radio.Group label={label} value={overlap} onChange={setOverlap}>
        <Stack gap={6} mt={6}>
          {overlaps.map((hours) => (
            <Radio
              key={hours}
              value={String(hours)}
              label={hours === 0 ? t('developers.hooks.noOverlap') : durationText(hours * hourMs, intlLocale())}
            />
          ))}
        </Stack>
      </Radio.Group>
    </ConfirmDialog>
  );
}
