import { Alert, List, Text } from '@mantine/core';
import { IconCircleCheck } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { components } from '../../../api/schema';
import { t } from '../../../i18n/t';
import { ruleText } from './rules';

type EditEffect = components['schemas']['ProfileEdited']['effect'];

interface SavedImpactProps {
  readonly effect: EditEffect;
  readonly onClose: () => void;
}

/** What the edit did to monitors and counters. */
export function SavedImpact({ effect, onClose }: SavedImpactProps): ReactNode {
  const { monitorsUpdated, countersKept, countersRemoved, countersStarted } = effect;
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
      <Text size="sm">{t('profiles.saved.monitors', { n: monitorsUpdated })}</Text>
      <List size="sm" mt={4}>
        {countersKept.length > 0 && <List.Item>{t('profiles.saved.kept', { rules: named(countersKept) })}</List.Item>}
        {countersStarted.length > 0 && (
          <List.Item>{t('profiles.saved.started', { rules: named(countersStarted) })}</List.Item>
        )}
        {countersRemoved.length > 0 && (
          <List.Item>{t('profiles.saved.removed', { rules: named(countersRemoved) })}</List.Item>
        )}
      </List>
    </Alert>
  );
}

const named = (keys: readonly string[]): string => keys.map(ruleText).join(', ');
