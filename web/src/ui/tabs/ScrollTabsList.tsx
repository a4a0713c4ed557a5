import { Box, Tabs, type MantineSpacing } from '@mantine/core';
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import classes from './ScrollTabsList.module.css';

/** Tabs in one line that scrolls where it has no room; an arrow at the edge shows that there are more. */
interface ScrollTabsListProps {
  readonly children: ReactNode;
  /** the margin below it */
  readonly mb?: MantineSpacing;
}

export function ScrollTabsList({ children, mb }: ScrollTabsListProps): ReactNode {
  const list = useRef<HTMLDivElement>(null);
  const [hidden, setHidden] = useState({ left: false, right: false });
  useEffect(() => {
    const { current } = list;
    if (!current) return undefined;
    const measure = (): void => {
      const rest = current.scrollWidth - current.clientWidth - current.scrollLeft;
      setHidden({ left: current.scrollLeft > 4, right: rest > 4 });
    };
    // Without moving the page: only within its own line.
    const active = current.querySelector<HTMLElement>('[role="tab"][aria-selected="true"]');
    if (active) current.scrollLeft = active.offsetLeft - (current.clientWidth - active.offsetWidth) / 2;
    measure();
    current.addEventListener('scroll', measure, { passive: true });
    const observer = new ResizeObserver(measure);
    observer.observe(current);
    return () => {
      current.removeEventListener('scroll', measure);
      observer.disconnect();
    };
  }, []);
  return (
    <Box className={classes['frame'] ?? ''} {...(mb !== undefined && { mb })}>
      <Tabs.List ref={list} className={classes['list']}>
        {children}
      </Tabs.List>
      {hidden.left && (
        <span className={classes['edge']} data-side="left" aria-hidden>
          <IconChevronLeft size={16} />
        </span>
      )}
      {hidden.right && (
        <span className={classes['edge']} data-side="right" aria-hidden>
          <IconChevronRight size={16} />
        </span>
      )}
    </Box>
  );
}
