import { useSearchParams } from 'react-router';

/** What is opened beside a list, in the address: `?key=7`. Null: nothing. */
export function useOpenItem(name: string): readonly [string | null, (value: string | null) => void] {
  const [parameters, setParameters] = useSearchParams();
  const show = (value: string | null): void =>
    setParameters((before) => {
      const after = new URLSearchParams(before);
      if (value === null) after.delete(name);
      else after.set(name, value);
      return after;
    });
  return [parameters.get(name), show];
}
