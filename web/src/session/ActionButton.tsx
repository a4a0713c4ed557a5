import { Button, Tooltip, type ButtonProps } from '@mantine/core';
import type { ReactNode, Ref } from 'react';
import { useRight, type OperationId } from './rights';

interface ActionButtonProps extends ButtonProps {
  /** what the API is asked to do; without the right to it the button is disabled and says why */
  readonly operation: OperationId;
  /** one of several in a row: absent without the right to it, because a row of disabled buttons offers nothing */
  readonly isInRow?: boolean;
  /** another reason why it cannot be done now */
  readonly blocked?: string | null;
  readonly onClick?: () => void;
  readonly type?: 'button' | 'submit';
  readonly form?: string;
  readonly ref?: Ref<HTMLButtonElement>;
  readonly children: ReactNode;
}

/** A button for an operation. Disabled it stays in the tab order, so that the reason can be read. */
export function ActionButton(props: ActionButtonProps): ReactNode {
  const { operation, isInRow = false, blocked, onClick, children, ...rest } = props;
  const right = useRight(operation);
  if (isInRow && !right.allowed) return null;
  const reason = right.reason ?? blocked ?? null;
  if (reason === null) {
    return (
      <Button {...rest} onClick={onClick}>
        {children}
      </Button>
    );
  }
  return (
    <Tooltip label={reason} multiline maw={320} events={{ hover: true, focus: true, touch: true }}>
      <Button {...rest} type="button" data-disabled aria-disabled onClick={(event) => event.preventDefault()}>
        {children}
      </Button>
    </Tooltip>
  );
}
