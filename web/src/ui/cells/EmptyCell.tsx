import { Text, VisuallyHidden } from '@mantine/core';
import type { ReactNode } from 'react';
import { t } from '../../i18n/t';

/** For a value that is not there. */
export function EmptyCell(): ReactNode {
  return (
    <Text span size="sm" c="dimmed">
      <span aria-hidden>—</span>
      <VisuallyHidden>{t('common.none')}</VisuallyHidden>
    </Text>
  );
}
