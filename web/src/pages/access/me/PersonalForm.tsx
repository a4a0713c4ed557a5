import { Button, Group, SegmentedControl, Select, Stack, Switch, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api, unwrap } from '../../../api/client';
import type { MePatch, Preferences } from '../../../api/types';
import { browserZone, dateTimeFormat } from '../../../i18n/intl';
import { intlLocale, isLanguage, setLanguage } from '../../../i18n/language';
import { t } from '../../../i18n/t';
import { zones } from '../../../i18n/zone';
import { updateCachedMe, useMe } from '../../../session/session';
import { toastDone, toastFailure } from '../../../ui/toast';
import { Panel } from './Panel';

const ofBrowser = 'browser';
const noDigest = 'off';
const hours = Array.from({ length: 24 }, (_, hour) => hour);
const hourValue = (hour: number | null): string => (hour === null ? noDigest : String(hour));
const themes: readonly Preferences['theme'][] = ['auto', 'light', 'dark'];
const densities: readonly Preferences['density'][] = ['comfortable', 'compact'];

export function PersonalForm() {
  const me = useMe();
  const queries = useQueryClient();
  const form = useForm({
    initialValues: {
      name: me.name,
      locale: me.locale ?? ofBrowser,
      timezone: me.timezone ?? ofBrowser,
      theme: me.preferences?.theme ?? 'auto',
      density: me.preferences?.density ?? 'comfortable',
      shortcuts: me.preferences?.shortcuts ?? true,
      digestHour: hourValue(me.preferences?.digestHour ?? null),
    },
    validate: { name: (name) => (name.trim() === '' ? t('common.required') : null) },
  });
  const save = useMutation({
    mutationFn: (body: MePatch) => unwrap(api.PATCH('/v1/me', { body })),
    onSuccess(user) {
      updateCachedMe(queries, user);
      form.resetDirty();
      toastDone(t('me.saved'));
    },
    onError: toastFailure,
  });
  const { locale, timezone, theme, density, shortcuts, digestHour, name } = form.values;
  const submit = form.onSubmit(() => {
    // The words of the page follow at once, not with the answer.
    if (isLanguage(locale)) setLanguage(locale);
    save.mutate({
      name: name.trim(),
      locale: isLanguage(locale) ? locale : null,
      timezone: timezone === ofBrowser ? null : timezone,
      preferences: { theme, density, shortcuts, digestHour: digestHour === noDigest ? null : Number(digestHour) },
    });
  });
  return (
    <Panel title={t('me.person')}>
      <form onSubmit={submit}>
        <Stack gap="md">
          <TextInput label={t('me.name')} autoComplete="name" maxLength={200} {...form.getInputProps('name')} />
          <Select
            label={t('me.locale')}
            allowDeselect={false}
            data={[
              { value: ofBrowser, label: t('me.localeBrowser') },
              { value: 'en', label: 'English' },
              { value: 'uk', label: 'Українська' },
            ]}
            {...form.getInputProps('locale')}
          />
          <Select
            label={t('me.timezone')}
            description={t('me.zoneNow', { time: timeIn(timezone === ofBrowser ? browserZone() : timezone) })}
            allowDeselect={false}
            searchable
            limit={60}
            data={[
              { value: ofBrowser, label: t('me.timezoneBrowser', { zone: browserZone() }) },
              ...zones().map((zone) => ({ value: zone, label: zone })),
            ]}
            {...form.getInputProps('timezone')}
          />
          <Choices label={t('me.theme')} id="me-theme">
            <SegmentedControl
              aria-labelledby="me-theme"
              data={themes.map((value) => ({ value, label: t(`app.theme.${value}`) }))}
              {...form.getInputProps('theme')}
            />
          </Choices>
          <Choices label={t('me.density')} id="me-density">
            <SegmentedControl
              aria-labelledby="me-density"
              data={densities.map((value) => ({ value, label: t(`me.density.${value}`) }))}
              {...form.getInputProps('density')}
            />
          </Choices>
          <Switch
            label={t('me.shortcuts')}
            description={t('me.shortcutsHint')}
            {...form.getInputProps('shortcuts', { type: 'checkbox' })}
          />
          <Select
            label={t('me.digest')}
            description={t(timezone === ofBrowser ? 'me.digestHintReseller' : 'me.digestHint')}
            allowDeselect={false}
            data={[
              { value: noDigest, label: t('me.digestOff') },
              ...hours.map((hour) => ({ value: hourValue(hour), label: `${String(hour).padStart(2, '0')}:00` })),
            ]}
            {...form.getInputProps('digestHour')}
          />
          <Group justify="flex-end">
            <Button type="submit" loading={save.isPending} disabled={!form.isDirty()}>
              {t('common.save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Panel>
  );
}

function Choices({
  label,
  id,
  children,
}: {
  readonly label: string;
  readonly id: string;
  readonly children: React.ReactNode;
}) {
  return (
    <Stack gap={4} align="flex-start">
      <Text size="sm" fw={500} id={id}>
        {label}
      </Text>
      {children}
    </Stack>
  );
}

const timeIn = (timeZone: string): string =>
  dateTimeFormat(intlLocale(), { timeZone, timeStyle: 'short', dateStyle: 'medium' }).format(new Date());
