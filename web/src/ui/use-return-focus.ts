import { useEffect, useState } from 'react';

/**
 * Gives the focus back to what it was taken from. For dialogs that are drawn only while they are open: those that are
 * asked to close do it themselves.
 */
export function useReturnFocus(): void {
  const [origin] = useState(() => originOf(document.activeElement));
  useEffect(
    () => () => {
      // After the dialog is gone: until then it keeps the focus within.
      setTimeout(() => {
        if (origin?.isConnected) origin.focus();
      });
    },
    [origin],
  );
}

/** A menu is gone by then; the button that opened it is not. */
function originOf(element: Element | null): HTMLElement | null {
  const menu = element?.closest('[role="menu"]');
  const button = menu?.getAttribute('aria-labelledby');
  const origin = button ? document.getElementById(button) : element;
  return origin instanceof HTMLElement && origin !== document.body ? origin : null;
}
