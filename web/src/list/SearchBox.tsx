import { CloseButton, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { t } from '../i18n/t';
import { useShortcuts } from '../ui/shortcuts';

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
  const [sent, setSent] = useState(value);
  // The address changed by Back or by "Clear filters", not by typing here.
  if (value !== sent) {
    setSent(value);
    setText(value);
  }
  const change = useRef(onChange);
  useEffect(() => {
    change.current = onChange;
  });
  useEffect(() => {
    if (text.trim() === sent) return undefined;
    const timer = setTimeout(() => {
      setSent(text.trim());
      change.current(text.trim());
    }, debounceMs);
    return () => clearTimeout(timer);
  }, [text, sent]);
  useShortcuts([
    { keys: '/', label: t('list.keys.search'), group: t('list.keys'), run: () => input.current?.select() },
  ]);
  return (
    <TextInput
      ref={input}
      type="search"
      size="xs"
      w={{ base: '100%', xs: 260 }}
      aria-label={t('list.search.label')}
      placeholder={placeholder}
      value={text}
      onChange={(event) => setText(event.currentTarget.value)}
      leftSection={<IconSearch size={16} aria-hidden />}
      rightSection={
        text !== '' && <CloseButton size="sm" aria-label={t('list.search.clear')} onClick={() => setText('')} />
      }
    />
  );
}
