import { useState } from 'react';
import { readSaved, save } from '../i18n/saved';

/** The delimiter of a CSV file: which one a spreadsheet expects depends on its language. */
export const delimiters = [',', ';'] as const;
export type Delimiter = (typeof delimiters)[number];

const kept = 'lowwater.csv-delimiter';

function readDelimiter(): Delimiter {
  const last = readSaved(kept);
  return delimiters.find((delimiter) => delimiter === last) ?? ',';
}

/** The delimiter that was chosen last in this browser, whatever list it was chosen for. */
export function useDelimiter(): [Delimiter, (next: Delimiter) => void] {
  const [delimiter, setDelimiter] = useState(readDelimiter);
  const choose = (next: Delimiter): void => {
    save(kept, next);
    setDelimiter(next);
  };
  return [delimiter, choose];
}
