import { CloseButton, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useCallback, useEffect, useRef, useState, type ReactNode } from 'react';
import { t } from '../../i18n/t';
import { useShortcuts } from '../../ui/shortcuts';

interface SearchBoxProps {
  readonly value: string;
  readonly placeholder: string;
  readonly onChange: (value: string) => void;
}

/** Long enough for a word to be typed in one go, short enough to feel at once. */
const debounceMs = 250;

/** The search of a list; `/` goes to it. */
export function SearchBox({ value, placeholder, onChange }: SearchBoxProps): ReactNode {
  const input = useRef<HTMLInputElement>(null);
  const [text, setText] = useState(value);
  const [seen, setSeen] = useState(value);
  // The address follows late, and may leave one out: what comes of typing here must not undo what was typed since.
  const [underWay, setUnderWay] = useState<readonly string[]>([]);
  if (value !== seen) {
    setSeen(value);
    // Changed by Back or by "Clear filters", not by typing here.
    if (!underWay.includes(value)) setText(value);
    setUnderWay(underWay.slice(underWay.lastIndexOf(value) + 1 || underWay.length));
  } else if (underWay.length > 0 && underWay.at(-1) === value) {
    setUnderWay([]);
  }
  const asked = underWay.at(-1) ?? value;
  const change = useRef(onChange);
  useEffect(() => {
    change.current = onChange;
  });
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const search = useCallback((typed: string): void => {
    clearTimeout(timer.current);
    setUnderWay((before) => [...before, typed]);
    change.current(typed);
  }, []);
  useEffect(() => {
    if (text.trim() === asked) return undefined;
    timer.current = setTimeout(() => search(text.trim()), debounceMs);
    return () => clearTimeout(timer.current);
  }, [text, asked, search]);
  // At once: who clicks a row in the meantime would be led back to the list by a search that comes after the click.
  const leave = (): void => {
    if (text.trim() !== asked) search(text.trim());
  };
  const goTo = (): void => {
    // Not every browser focuses what it selects.
    input.current?.focus();
    input.current?.select();
  };
  useShortcuts([{ keys: '/', label: t('list.keys.search'), group: t('list.keys'), run: goTo }]);
  return (
    <TextInput
      ref={input}
      type="search"
      size="xs"
      w={{ base: '100%', xs: 260 }}
      miw={0}
      aria-label={t('list.search.label')}
      placeholder={placeholder}
      value={text}
      onChange={(event) => setText(event.currentTarget.value)}
      onBlur={leave}
      leftSection={<IconSearch size={16} aria-hidden />}
      rightSection={
        text !== '' && <CloseButton size="sm" aria-label={t('list.search.clear')} onClick={() => setText('')} />
      }
    />
  );
}
