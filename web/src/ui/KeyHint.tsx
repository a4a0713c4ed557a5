import { Kbd } from '@mantine/core';
import { Fragment, type ReactNode } from 'react';

/** Keys as on the keyboard: `g c` one after the other, `Ctrl+K` together. */
export function KeyHint({ keys }: { readonly keys: string }): ReactNode {
  return (
    <span style={{ whiteSpace: 'nowrap' }}>
      {keys.split(' ').map((chord, index) => (
        <Fragment key={index}>
          {index > 0 && ' '}
          {chord.split('+').map((key, place) => (
            <Fragment key={place}>
              {place > 0 && '+'}
              <Kbd size="xs">{key}</Kbd>
            </Fragment>
          ))}
        </Fragment>
      ))}
    </span>
  );
}
