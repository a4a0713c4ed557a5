import { Anchor, Group, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { t } from '../../../i18n/t';
import { fieldLabel, type ClientField } from '../../../ui/text/client-field';
import classes from './form.module.css';

interface SwitchedFieldProps {
  readonly field: ClientField;
  readonly isOff: boolean;
  /** where the value comes from */
  readonly status: string;
  readonly action: string;
  /** of the action, with the name of the field */
  readonly actionLabel: (names: { readonly field: string }) => string;
  readonly onSwitch: () => void;
  readonly children: ReactNode;
}

/** An input that is filled in only after it was switched on, with what that does under it. */
export function SwitchedField(props: SwitchedFieldProps): ReactNode {
  const { field, isOff, status, action, actionLabel, onSwitch, children } = props;
  return (
    <div {...(isWide(field) && { style: { gridColumn: '1 / -1' } })}>
      <fieldset disabled={isOff} className={classes['bare']}>
        {children}
      </fieldset>
      <Group gap="xs" mt={4}>
        <Text size="xs" c="dimmed">
          {status}
        </Text>
        <Anchor
          component="button"
          type="button"
          size="xs"
          aria-label={actionLabel({ field: t(fieldLabel(field.name)) })}
          onClick={onSwitch}
        >
          {action}
        </Anchor>
      </Group>
    </div>
  );
}

/** Inputs that have a row for themselves. */
function isWide({ name, spec }: ClientField): boolean {
  return spec.type === 'flag' || name === 'balanceModel';
}
