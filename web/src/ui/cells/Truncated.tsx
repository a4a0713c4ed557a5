import { Text, Tooltip } from '@mantine/core';
import { useLayoutEffect, useRef, useState, type ReactNode } from 'react';

interface TruncatedProps {
  readonly text: string;
  /** px, or with its unit */
  readonly width?: number | string;
  /** a name, such as that of a webhook source, is in no language */
  readonly isName?: boolean;
}

const whole = { hover: true, focus: true, touch: true };

/** A long text ends in dots; hovered, focused, or touched, it is shown whole. One that is not cut takes no focus. */
export function Truncated({ text, width = 180, isName = false }: TruncatedProps): ReactNode {
  const ref = useRef<HTMLParagraphElement>(null);
  const [isCut, setIsCut] = useState(false);
  useLayoutEffect(() => {
    const { current } = ref;
    if (current) setIsCut(current.scrollWidth > current.clientWidth);
  }, [text, width]);
  return (
    <Tooltip label={text} events={whole} disabled={!isCut} multiline maw={360} style={{ overflowWrap: 'anywhere' }}>
      <Text
        ref={ref}
        size="sm"
        truncate
        maw={width}
        {...(isCut && { tabIndex: 0 })}
        {...(isName && { translate: 'no' })}
      >
        {text}
      </Text>
    </Tooltip>
  );
}
