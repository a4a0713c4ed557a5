import { Anchor, Button, Group, Text } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { Link } from 'react-router';
import { t } from '../i18n/t';
import { PageHeader } from '../ui/PageHeader';
import { palette } from './palette/palette-store';

/** An address that leads nowhere, or to what the user's rights do not reach. */
export function NotFound() {
  return (
    <>
      <PageHeader title={t('app.notFound.title')} />
      <Text mb="sm">{t('app.notFound.text')}</Text>
      <Group>
        <Button
          variant="default"
          leftSection={<IconSearch size={16} aria-hidden />}
          onClick={palette.open}
          aria-haspopup="dialog"
        >
          {t('app.search.open')}
        </Button>
        <Anchor component={Link} to="/">
          {t('app.notFound.home')}
        </Anchor>
      </Group>
    </>
  );
}
