import { Menu, Text, type MenuItemProps } from '@mantine/core';
import type { ReactNode } from 'react';
import { useRight, type OperationId } from './rights';

interface ActionItemProps extends MenuItemProps {
  /** what the API is asked to do; without the right to it the item is absent */
  readonly operation: OperationId;
  /** why it cannot be done now by any user */
  readonly blocked?: string | null;
  readonly onClick: () => void;
  readonly children: ReactNode;
}

/** As ActionButton, in a menu: the reason is under the label, because a menu has no room for a tooltip. */
export function ActionItem({ operation, blocked = null, onClick, children, ...rest }: ActionItemProps): ReactNode {
  const right = useRight(operation);
  if (!right.allowed) return null;
  const reason = blocked;
  return (
    <Menu.Item {...rest} disabled={reason !== null} onClick={onClick}>
      {children}
      {reason !== null && (
        <Text size="xs" maw={240}>
          {reason}
        </Text>
      )}
    </Menu.Item>
  );
}
