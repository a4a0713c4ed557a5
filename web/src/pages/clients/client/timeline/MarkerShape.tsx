import type { EventLook } from './events';
import classes from './timeline.module.css';

/** A mark of the chart around 0,0: distinguished by its form, not by its color alone. */
export function MarkerShape({ look }: { readonly look: EventLook }) {
  switch (look) {
    case 'payment':
      return <path d="M0,-6 L6,5 L-6,5 Z" className={classes['payment']} />;
    case 'accepted':
      return <path d="M-6,-4.5 H6 V4.5 H-6 Z M-6,-4.5 L0,1 L6,-4.5" className={classes['accepted']} />;
    case 'pending':
      return <path d="M-6,-4.5 H6 V4.5 H-6 Z M-6,-4.5 L0,1 L6,-4.5" className={classes['pending']} />;
    case 'failed':
      return <path d="M-4.5,-4.5 L4.5,4.5 M4.5,-4.5 L-4.5,4.5" className={classes['failed']} />;
    case 'limit':
      return <path d="M0,-6 L6,0 L0,6 L-6,0 Z" className={classes['limit']} />;
    case 'profile':
      return <rect x={-4.5} y={-4.5} width={9} height={9} className={classes['profile']} />;
    case 'reset':
      return <circle r={4.5} className={classes['reset']} />;
    case 'charges':
      return <path d="M0,5 L5,-4 L-5,-4 Z" className={classes['charges']} />;
    case 'grant':
      return <rect x={-7} y={-5} width={14} height={10} className={classes['grant']} />;
  }
}
