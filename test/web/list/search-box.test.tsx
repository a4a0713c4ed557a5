/** @jest-environment ./test/web/support/page-environment.cjs */
import { screen } from '@testing-library/react';
import { useState } from 'react';
import { SearchBox } from '../../../web/src/list/filters/SearchBox';
import { renderPage } from '../support/render-page';

/** A list keeps what is searched for in its address; here it is in a state. */
function Searched({ onSearch }: { readonly onSearch: (text: string) => void }) {
  const [value, setValue] = useState('');
  const search = (text: string): void => {
    onSearch(text);
    setValue(text);
  };
  return (
    <>
      <SearchBox value={value} placeholder="Name" onChange={search} />
      <button onClick={() => onSearch('clicked')}>Customer B</button>
    </>
  );
}

test('a click elsewhere searches at once, before the click does anything', async () => {
  const searches: string[] = [];
  const { user } = renderPage(<Searched onSearch={(text) => searches.push(text)} />);
  await user.type(screen.getByRole('searchbox'), 'acme');
  await user.click(screen.getByRole('button', { name: 'Customer B' }));
  expect(searches).toEqual(['acme', 'clicked']);
});

test('leaving it untouched searches for nothing', async () => {
  const searches: string[] = [];
  const { user } = renderPage(<Searched onSearch={(text) => searches.push(text)} />);
  await user.click(screen.getByRole('searchbox'));
  await user.click(screen.getByRole('button', { name: 'Customer B' }));
  expect(searches).toEqual(['clicked']);
});
