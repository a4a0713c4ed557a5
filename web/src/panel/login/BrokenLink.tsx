import { Alert } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { problemTitle } from '../../api/problems';
import { t } from '../../i18n/t';

/** A link that works no more. */
export function BrokenLink({ error }: { readonly error: unknown }): ReactNode {
  return (
    <Alert role="alert" variant="light" color="orange" icon={<IconAlertTriangle aria-hidden />}>
      {error === null ? t('problems.link_unknown') : problemTitle(error)}
    </Alert>
  );
}
