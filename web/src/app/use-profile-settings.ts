import { useMantineColorScheme } from '@mantine/core';
import { useEffect } from 'react';
import { language, setLanguage } from '../i18n/language';
import { setOwnZone } from '../i18n/zone';
import { useMe } from '../session/session';
import { enableShortcuts } from '../ui/shortcuts';

/** Brings the page in line with the user's profile: at the login, and when the profile changes. */
export function useProfileSettings(): void {
  const { locale, timezone, preferences } = useMe();
  const { setColorScheme } = useMantineColorScheme();
  const theme = preferences?.theme;
  const density = preferences?.density ?? 'comfortable';
  const shortcuts = preferences?.shortcuts ?? true;
  useEffect(() => {
    // The pseudo-locale was asked for by the address.
    if (locale && language() !== 'qps') setLanguage(locale);
  }, [locale]);
  useEffect(() => setOwnZone(timezone), [timezone]);
  useEffect(() => {
    if (theme) setColorScheme(theme);
  }, [theme, setColorScheme]);
  useEffect(() => {
    document.documentElement.dataset['density'] = density;
  }, [density]);
  useEffect(() => enableShortcuts(shortcuts), [shortcuts]);
}
