import { Button, Group } from '@mantine/core';
import { IconArrowUp } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { t } from '../../i18n/t';

/** Says that rows have come, and shows them when asked: they never move what is under the cursor. */
export function NewRows({ waiting, onShow }: { readonly waiting: number; readonly onShow: () => void }): ReactNode {
  return (
    <Group justify="center" role="status">
      {waiting > 0 && (
        <Button size="compact-sm" variant="light" leftSection={<IconArrowUp size={14} aria-hidden />} onClick={onShow}>
          {t('list.new', { n: waiting })}
        </Button>
      )}
    </Group>
  );
}
