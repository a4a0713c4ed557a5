import { Group, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { t } from '../../../i18n/t';
import { importSteps, type ImportStep } from './queries';

/** Where the user is on the way from a file to its clients. */
export function Steps({ current }: { readonly current: ImportStep }): ReactNode {
  return (
    <Group component="ol" gap="md" m={0} p={0} style={{ listStyle: 'none' }} aria-label={t('imports.steps')}>
      {importSteps.map((step, index) => (
        <li key={step} aria-current={step === current ? 'step' : undefined}>
          <Text size="sm" fw={step === current ? 700 : 400} {...(step !== current && { c: 'dimmed' })}>
            {t('imports.step', { n: index + 1, name: t(`imports.step.${step}`) })}
          </Text>
        </li>
      ))}
    </Group>
  );
}
