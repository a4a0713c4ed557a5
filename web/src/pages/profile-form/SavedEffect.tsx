import { Alert, List, Text } from '@mantine/core';
import { IconCircleCheck } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { components } from '../../api/schema';
import { t } from '../../i18n/t';
import { ruleText } from './rules';

type EditEffect = components['schemas']['ProfileEdited']['effect'];

interface SavedEffectProps {
  readonly effect: EditEffect;
  readonly onClose: () => void;
}

/** What the edit did to the monitors that run, and to their counts. */
export function SavedEffect({ effect, onClose }: SavedEffectProps): ReactNode {
  const { monitorsTold, countsKept, countsDropped, countsStarted } = effect;
  return (
    <Alert
      mb="md"
      variant="default"
      role="status"
      icon={<IconCircleCheck aria-hidden color="var(--mantine-color-teal-text)" />}
      title={t('profiles.saved.title')}
      withCloseButton
      closeButtonLabel={t('common.close')}
      onClose={onClose}
    >
      <Text size="sm">{t('profiles.saved.monitors', { n: monitorsTold })}</Text>
      <List size="sm" mt={4}>
        {countsKept.length > 0 && <List.Item>{t('profiles.saved.kept', { rules: named(countsKept) })}</List.Item>}
        {countsStarted.length > 0 && (
          <List.Item>{t('profiles.saved.started', { rules: named(countsStarted) })}</List.Item>
        )}
        {countsDropped.length > 0 && (
          <List.Item>{t('profiles.saved.dropped', { rules: named(countsDropped) })}</List.Item>
        )}
      </List>
    </Alert>
  );
}

const named = (keys: readonly string[]): string => keys.map(ruleText).join(', ');
