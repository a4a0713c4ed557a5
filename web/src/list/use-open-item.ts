import { useLocation, useSearchParams } from 'react-router';

/** The address that opens something next to the list and leaves the rest of the address as it is: for links of rows. */
export function useItemHref(name: string): (value: string) => string {
  const { pathname, search } = useLocation();
  return (value) => {
    const parameters = new URLSearchParams(search);
    parameters.set(name, value);
    return `${pathname}?${parameters.toString()}`;
  };
}

/** What is opened next to a list, in the address: `?key=7`. Null: nothing. */
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
