import { ActionIcon, Menu } from '@mantine/core';
import { IconDots, type Icon } from '@tabler/icons-react';
import { Fragment, type ReactNode } from 'react';
import { useCan, type OperationId } from '../../session/rights';

export interface RowAction {
  /** what the API is asked to do: without the right to it the action is absent */
  readonly operation: OperationId;
  readonly icon: Icon;
  readonly label: string;
  readonly onClick: () => void;
  /** a line before it, where anything is before it */
  readonly isApart?: boolean;
}

/** The actions that the user may do with a row; nothing where there are none. */
export function RowMenu({ label, actions }: { readonly label: string; readonly actions: readonly RowAction[] }) {
  const can = useCan();
  const allowed = actions.filter(({ operation }) => can(operation));
  if (allowed.length === 0) return null;
  return (
    <Menu position="bottom-end" shadow="md" withinPortal>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" size={28} aria-label={label}>
          <IconDots size={16} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {allowed.map(({ operation, icon: ActionMark, label: text, onClick, isApart }, index): ReactNode => (
          <Fragment key={`${operation} ${text}`}>
            {isApart && index > 0 && <Menu.Divider />}
            <Menu.Item leftSection={<ActionMark size={16} aria-hidden />} onClick={onClick}>
              {text}
            </Menu.Item>
          </Fragment>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
