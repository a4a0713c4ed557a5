import { useMantineColorScheme, type MantineColorScheme } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { api, unwrap } from '../api/client';
import { membersOf, type MePatch, type Preferences } from '../api/types';
import { languages, setLanguage, useLanguage, type ShownLanguage } from '../i18n/language';
import { t } from '../i18n/t';
import { setZoneMode, useZone, useZoneMode, zoneModes, type ZoneMode } from '../i18n/zone';
import { updateCachedMe } from '../session/session';

export interface Choice<V extends string> {
  readonly label: string;
  readonly value: V;
  readonly options: readonly { readonly value: V; readonly label: string }[];
  readonly choose: (value: V) => void;
}

interface Display {
  readonly zone: Choice<ZoneMode>;
  readonly theme: Choice<MantineColorScheme>;
  readonly language: Choice<ShownLanguage>;
}

const themes = membersOf<Preferences['theme']>({ auto: true, light: true, dark: true });

/** What is shown how, and how to change it; theme and language are also kept in the user's profile. */
export function useDisplay(): Display {
  const queries = useQueryClient();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const language = useLanguage();
  const mode = useZoneMode();
  const own = useZone();
  const keep = (body: MePatch): void => {
    // Here it is changed in any case; that the profile could not be written is no reason to disturb.
    void unwrap(api.PATCH('/v1/me', { body })).then(
      (me) => updateCachedMe(queries, me),
      () => undefined,
    );
  };
  return {
    zone: {
      label: t('app.display.zone'),
      value: mode,
      options: zoneModes.map((value) => ({
        value,
        label: value === 'mine' && mode === 'mine' ? t('app.zone.mineIs', { zone: own }) : t(`app.zone.${value}`),
      })),
      choose: setZoneMode,
    },
    theme: {
      label: t('app.display.theme'),
      value: colorScheme,
      options: themes.map((value) => ({ value, label: t(`app.theme.${value}`) })),
      choose(value) {
        setColorScheme(value);
        keep({ preferences: { theme: value } });
      },
    },
    language: {
      label: t('app.display.language'),
      value: language,
      options: languages.map((value) => ({ value, label: nameOf[value] })),
      choose(value) {
        setLanguage(value);
        if (value !== 'qps') keep({ locale: value });
      },
    },
  };
}

/** A language is written in itself: who does not read the other one finds it. */
const nameOf = { en: 'English', uk: 'Українська' } as const;
