import type { ReactNode } from 'react';
import classes from './Fields.module.css';

interface FieldsProps {
  /** name and value; a value of null is left out */
  readonly rows: readonly (readonly [name: string, value: ReactNode])[];
}

/** The fields of one thing, name next to value. */
export function Fields({ rows }: FieldsProps): ReactNode {
  return (
    <dl className={classes['fields']}>
      {rows
        .filter(([, value]) => value !== null)
        .map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  );
}
