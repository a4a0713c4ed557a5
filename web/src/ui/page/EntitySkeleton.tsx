import { Skeleton, Stack } from '@mantine/core';
import type { ReactNode } from 'react';
import { t } from '../../i18n/t';

/** The page of one thing until that is read: its title, and what is below. */
export function EntitySkeleton({ heights }: { readonly heights: readonly number[] }): ReactNode {
  return (
    <Stack gap="md" role="status" aria-label={t('common.loading')}>
      <Skeleton w={240} h={28} />
      {heights.map((height, index) => (
        <Skeleton key={index} h={height} />
      ))}
    </Stack>
  );
}
