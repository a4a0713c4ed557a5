import { TextInput } from '@mantine/core';
import { useState, type FormEvent, type ReactNode } from 'react';
import { t } from '../../i18n/t';
import { firstPage } from '../list-state';
import type { ListControls } from '../use-list-state';
import { pageAsked } from './pages';

interface PageJumpProps {
  readonly page: number;
  /** the last page that a jump reaches */
  readonly last: number;
  readonly controls: ListControls;
}

/** The number of the shown page, to be written over: Enter goes there, Escape takes the typing back. */
export function PageJump({ page, last, controls }: PageJumpProps): ReactNode {
  // Null: nothing is typed, and the field follows the list.
  const [typed, setTyped] = useState<string | null>(null);
  const [isWrong, setWrong] = useState(false);
  const forget = (): void => {
    setTyped(null);
    setWrong(false);
  };
  const go = (event: FormEvent): void => {
    event.preventDefault();
    if (typed === null) return;
    const asked = pageAsked(typed, last);
    if (asked === null) return setWrong(true);
    forget();
    if (asked !== page) controls.set({ ...firstPage, page: asked === 1 ? null : asked });
  };
  const range = t('list.page.range', { last });
  return (
    <form onSubmit={go} noValidate>
      <TextInput
        size="xs"
        w={64}
        inputMode="numeric"
        aria-label={t('list.page.jump')}
        title={`${t('list.page.jump')}: ${range}`}
        value={typed ?? String(page)}
        error={isWrong && range}
        errorProps={{ role: 'alert' }}
        onChange={(event) => {
          setTyped(event.currentTarget.value);
          setWrong(false);
        }}
        onFocus={(event) => event.currentTarget.select()}
        onBlur={forget}
        onKeyDown={(event) => {
          if (event.key === 'Escape') forget();
        }}
      />
    </form>
  );
}
