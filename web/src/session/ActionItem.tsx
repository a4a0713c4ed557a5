import { Menu, Text, type MenuItemProps } from '@mantine/core';
import type { ReactNode } from 'react';
import { useRight, type OperationId } from './rights';

interface ActionItemProps extends MenuItemProps {
  /** what the API is asked to do; without the right to it the item is disabled and says why */
  readonly operation: OperationId;
  readonly onClick: () => void;
  readonly children: ReactNode;
}

/** As ActionButton, in a menu: the reason stands under the words, for a menu has no room for a tooltip. */
export function ActionItem({ operation, onClick, children, ...rest }: ActionItemProps): ReactNode {
  const { allowed, reason } = useRight(operation);
  return (
    <Menu.Item {...rest} disabled={!allowed} onClick={onClick}>
      {children}
      {reason !== null && (
        <Text size="xs" maw={240}>
          {reason}
        </Text>
      )}
    </Menu.Item>
  );
}
