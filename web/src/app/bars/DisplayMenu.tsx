import { ActionIcon, Menu, Tooltip } from '@mantine/core';
import { IconAdjustments } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { t } from '../../i18n/t';
import { useDisplay, type Choice } from '../use-display';

/** How the page looks: whose clock, light or dark, which language. On a narrow screen it is part of the user's menu. */
export function DisplayMenu() {
  // What the tooltip says is known once the menu was open; it comes back with the pointer.
  const [wasOpened, setWasOpened] = useState(false);
  const label = t('app.display.open');
  return (
    <Menu position="bottom-end" withinPortal width={260} onChange={() => setWasOpened(true)}>
      <Menu.Target>
        <Tooltip label={label} disabled={wasOpened}>
          <ActionIcon
            variant="subtle"
            color="gray"
            size="lg"
            aria-label={label}
            onMouseLeave={() => setWasOpened(false)}
          >
            <IconAdjustments size={18} aria-hidden />
          </ActionIcon>
        </Tooltip>
      </Menu.Target>
      <Menu.Dropdown>
        <DisplayItems />
      </Menu.Dropdown>
    </Menu>
  );
}

export function DisplayItems() {
  const { zone, theme, language } = useDisplay();
  return (
    <>
      <ChoiceItems choice={zone} />
      <Menu.Divider />
      <ChoiceItems choice={theme} />
      <Menu.Divider />
      <ChoiceItems choice={language} />
    </>
  );
}

/** The options of a choice as items of a menu. */
function ChoiceItems<V extends string>({ choice }: { readonly choice: Choice<V> }): ReactNode {
  return (
    <>
      <Menu.Label>{choice.label}</Menu.Label>
      {choice.options.map(({ value, label }) => (
        <Menu.RadioItem
          key={value}
          value={value}
          checked={value === choice.value}
          onChange={() => choice.choose(value)}
          closeMenuOnClick
        >
          {label}
        </Menu.RadioItem>
      ))}
    </>
  );
}
