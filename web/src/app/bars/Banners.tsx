import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { useSessionStorage } from '@mantine/hooks';
import { IconAlertTriangle, IconInfoCircle, IconPlugConnectedX, IconRefresh } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { t } from '../../i18n/t';
import { healthQuery, metaQuery } from '../../session/meta';
import { Time } from '../../ui/text/Time';
import { healthBanners, type HealthBanner } from './banners';
import { useStalePage } from '../use-stale-page';

/** What every user should know before reading on, in a fixed order. */
export function Banners() {
  const { data: health } = useQuery(healthQuery);
  const { data: meta } = useQuery(metaQuery);
  const isStale = useStalePage();
  const [demoRead, setDemoRead] = useSessionStorage({ key: 'lowwater.demo-read', defaultValue: false });
  const parts = healthBanners(health?.checks ?? []);
  const isDemo = meta?.demo === true && !demoRead;
  return (
    <Stack gap="xs" mb={parts.length > 0 || isDemo || isStale ? 'md' : 0} aria-live="polite">
      {parts.map((banner) => (
        <PartBanner key={banner.name} banner={banner} />
      ))}
      {isDemo && (
        <Alert
          variant="light"
          color="gray"
          py="xs"
          icon={<IconInfoCircle aria-hidden />}
          withCloseButton
          closeButtonLabel={t('common.close')}
          onClose={() => setDemoRead(true)}
        >
          {t('app.demo.text')}
        </Alert>
      )}
      {isStale && (
        <Alert variant="light" color="water" py="xs" icon={<IconRefresh aria-hidden />}>
          <Group justify="space-between" gap="xs">
            <Text size="sm">{t('app.stale.text')}</Text>
            <Button size="compact-sm" onClick={() => location.reload()}>
              {t('app.failure.reload')}
            </Button>
          </Group>
        </Alert>
      )}
    </Stack>
  );
}

function PartBanner({ banner }: { readonly banner: HealthBanner }) {
  const { name, isDown, since, detail, remedy } = banner;
  const BannerIcon = isDown ? IconPlugConnectedX : IconAlertTriangle;
  return (
    <Alert
      variant="light"
      color={isDown ? 'red' : 'orange'}
      py="xs"
      icon={<BannerIcon aria-hidden />}
      title={
        <>
          {t(`app.health.${name}.${isDown ? 'down' : 'degraded'}`)}
          {since && (
            <Text span fw={400} size="sm">
              {' · '}
              {t('app.health.since')} <Time at={since} show="both" />
            </Text>
          )}
        </>
      }
    >
      <Text size="sm">{t(`app.health.${name}.effect`)}</Text>
      <Text size="xs" c="dimmed" mt={2} lang="en">
        {[detail, remedy].filter(Boolean).join(' · ')}
      </Text>
    </Alert>
  );
}
