import { Menu, Text, type MenuItemProps } from '@mantine/core';
import type { ReactNode } from 'react';
import { useRight, type OperationId } from './rights';

interface ActionItemProps extends MenuItemProps {
  /** what the API is asked to do; without the right to it the item is disabled and says why */
  readonly operation: OperationId;
  /** why it cannot be done now, whoever asks */
  readonly blocked?: string | null;
  readonly onClick: () => void;
  readonly children: ReactNode;
}

/** As ActionButton, in a menu: the reason stands under the words, for a menu has no room for a tooltip. */
export function ActionItem({ operation, blocked = null, onClick, children, ...rest }: ActionItemProps): ReactNode {
  const reason = useRight(operation).reason ?? blocked;
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
