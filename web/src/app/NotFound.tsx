import { Anchor, Text } from '@mantine/core';
import { Link } from 'react-router';
import { t } from '../i18n/t';
import { PageHeader } from '../ui/PageHeader';

/** An address that leads nowhere, or to what the user's rights do not reach. */
export function NotFound() {
  return (
    <>
      <PageHeader title={t('app.notFound.title')} />
      <Text mb="sm">{t('app.notFound.text')}</Text>
      <Anchor component={Link} to="/">
        {t('app.notFound.home')}
      </Anchor>
    </>
  );
}
