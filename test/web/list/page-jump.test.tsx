/** @jest-environment ./test/web/support/page-environment.cjs */
import { renderPage } from '../support/render-page';
import { screen } from '@testing-library/react';
import type { UserEvent } from '@testing-library/user-event';
import { PageJump } from '../../../web/src/list/table/PageJump';
import type { ListControls } from '../../../web/src/list/use-list-state';

const set = jest.fn();
const controls = { set } as unknown as ListControls;

beforeEach(() => set.mockReset());

function showJump(): { readonly field: HTMLElement; readonly user: UserEvent } {
  const { user } = renderPage(<PageJump page={3} last={50} controls={controls} />);
  return { field: screen.getByRole('textbox'), user };
}

test('shows the page, and Enter goes to another', async () => {
  const { field, user } = showJump();
  expect(field).toHaveValue('3');
  await user.click(field);
  await user.keyboard('7{Enter}');
  expect(set).toHaveBeenCalledWith(expect.objectContaining({ page: 7 }));
});

test('the first page has no number in the address', async () => {
  const { field, user } = showJump();
  await user.click(field);
  await user.keyboard('1{Enter}');
  expect(set).toHaveBeenCalledWith(expect.objectContaining({ page: null }));
});

test.each(['0', '51', 'x', '1.5'])('%s is no page: the range is shown, and the list stays', async (text) => {
  const { field, user } = showJump();
  await user.click(field);
  await user.keyboard(`${text}{Enter}`);
  expect(screen.getByRole('alert')).toHaveTextContent('50');
  expect(set).not.toHaveBeenCalled();
  await user.keyboard('{Escape}');
  expect(field).toHaveValue('3');
  expect(screen.queryByRole('alert')).toBeNull();
});
