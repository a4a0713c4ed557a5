import { useState } from 'react';

interface TypedText {
  readonly text: string;
  /** what was typed, and its value */
  readonly type: (text: string, value: string) => void;
  /** shows the value the tidy way */
  readonly tidy: () => void;
}

/**
 * The text of a field whose value is read from what is typed. The text stays as it is typed until the field is left, or
 * until the value is changed from elsewhere.
 */
export function useDraftText(value: string, show: (value: string) => string): TypedText {
  const [held, setHeld] = useState({ text: show(value), value });
  if (held.value !== value) setHeld({ text: show(value), value });
  return {
    text: held.value === value ? held.text : show(value),
    type: (text, next) => setHeld({ text, value: next }),
    tidy: () => setHeld({ text: show(value), value }),
  };
}
