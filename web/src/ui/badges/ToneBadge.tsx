import type { Icon } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import classes from './ToneBadge.module.css';

export type Tone = 'green' | 'amber' | 'orange' | 'red' | 'violet' | 'blue' | 'teal' | 'gray';

interface ToneBadgeProps {
  readonly tone: Tone;
  readonly icon?: Icon;
  readonly children: ReactNode;
}

/** A word on a tint, with its icon: what is said never hangs on the color. */
export function ToneBadge({ tone, icon: BadgeIcon, children }: ToneBadgeProps): ReactNode {
  return (
    <span className={`${classes['badge']} ${classes['tone']}`} data-tone={tone}>
      {BadgeIcon && <BadgeIcon size={14} stroke={2} aria-hidden />}
      {children}
    </span>
  );
}

/** How one of several states is marked. */
export type Look = readonly [Tone, Icon];

/** The badge of one of several states, each with its look. */
export function LookBadge({ look: [tone, icon], text }: { readonly look: Look; readonly text: string }): ReactNode {
  return (
    <ToneBadge tone={tone} icon={icon}>
      {text}
    </ToneBadge>
  );
}

/** The class and attribute of text in a tone, for where a badge would be too much. */
export function toneText(tone: Tone): { className: string; 'data-tone': Tone } {
  return { className: `${classes['tone']} ${classes['text']}`, 'data-tone': tone };
}
