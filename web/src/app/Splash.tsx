import { Center, Loader } from '@mantine/core';
import { t } from '../i18n/t';

/** While it is not known yet who is there and what to show. */
export function Splash() {
  return (
    <Center mih="60vh" role="status" aria-label={t('common.loading')}>
      <Loader type="dots" />
    </Center>
  );
}
