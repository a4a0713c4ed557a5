import { ActionIcon, Menu, Tooltip } from '@mantine/core';
import {
  IconCheck,
  IconClock,
  IconDeviceDesktop,
  IconLanguage,
  IconMoon,
  IconSun,
  type Icon,
} from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { t } from '../../i18n/t';
import { useDisplay, type Choice } from '../use-display';

/** How the page looks: whose clock, light or dark, which language. On a narrow screen they stand in the user's menu. */
export function ZoneMenu() {
  const { zone } = useDisplay();
  return <ChoiceMenu icon={IconClock} choice={zone} />;
}

export function ThemeMenu() {
  const { theme } = useDisplay();
  const icon = { auto: IconDeviceDesktop, light: IconSun, dark: IconMoon }[theme.value];
  return <ChoiceMenu icon={icon} choice={theme} />;
}

export function LanguageMenu() {
  const { language } = useDisplay();
  return <ChoiceMenu icon={IconLanguage} choice={language} />;
}

interface ChoiceMenuProps<V extends string> {
  readonly icon: Icon;
  readonly choice: Choice<V>;
}

function ChoiceMenu<V extends string>({ icon: ChoiceIcon, choice }: ChoiceMenuProps<V>) {
  const now = choice.options.find(({ value }) => value === choice.value);
  const label = t('app.display.now', { what: choice.label, value: now?.label ?? choice.value });
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <Tooltip label={label}>
          <ActionIcon variant="subtle" color="gray" size="lg" aria-label={label}>
            <ChoiceIcon size={18} aria-hidden />
          </ActionIcon>
        </Tooltip>
      </Menu.Target>
      <Menu.Dropdown>
        <ChoiceItems choice={choice} />
      </Menu.Dropdown>
    </Menu>
  );
}

/** The options of a choice as items of a menu. */
export function ChoiceItems<V extends string>({ choice }: { readonly choice: Choice<V> }): ReactNode {
  return (
    <>
      <Menu.Label>{choice.label}</Menu.Label>
      {choice.options.map(({ value, label }) => (
        <Menu.Item
          key={value}
          role="menuitemradio"
          aria-checked={value === choice.value}
          leftSection={<IconCheck size={14} aria-hidden opacity={value === choice.value ? 1 : 0} />}
          onClick={() => choice.choose(value)}
        >
          {label}
        </Menu.Item>
      ))}
    </>
  );
}
