/** @jest-environment ./test/web/support/page-environment.cjs */
import { renderPage, type Page } from '../support/render-page';
import { screen, waitFor, within } from '@testing-library/react';
import type { ReactNode } from 'react';
import { firstOf, instantError, integerError, moneyError } from '../../../web/src/form/checks';
import { FormActions } from '../../../web/src/form/FormActions';
import { DateTimeInput } from '../../../web/src/form/inputs/DateTimeInput';
import { IntegerInput } from '../../../web/src/form/inputs/IntegerInput';
import { MoneyInput } from '../../../web/src/form/inputs/MoneyInput';
import { useApiForm } from '../../../web/src/form/use-api-form';

/** What is typed stays, and is refused where it is wrong; an input never makes another value of it. */

interface Values extends Record<string, unknown> {
  readonly limit: string;
  readonly max: number | string;
  readonly until: string;
}

const save = jest.fn<Promise<unknown>, [Values]>();
const onSaved = jest.fn<void, [unknown, boolean]>();

function Form(): ReactNode {
  const form = useApiForm<Values, unknown>({
    initialValues: { limit: '', max: 3, until: '' },
    validate: ({ limit, max, until }) => ({
      '#/limit': moneyError(limit),
      '#/max': firstOf(integerError(max, 1, 100)),
      '#/until': instantError(until),
    }),
    save,
    onSaved,
    savedVersion: () => ({ values: { limit: '5.00', max: 4, until: '' }, etag: '"2"' }),
  });
  return (
    <form onSubmit={form.submit} noValidate>
      <MoneyInput label="Credit limit" currency="USD" {...form.field('#/limit')} />
      <IntegerInput label="Max qty" {...form.field('#/max')} />
      <DateTimeInput label="Until" clientZone="Europe/Kyiv" {...form.field('#/until')} />
      <FormActions form={form} isPage canStay />
    </form>
  );
}

function showForm(): Page {
  save.mockReset().mockResolvedValue({});
  onSaved.mockReset();
  return renderPage(<Form />);
}

const input = (name: string): HTMLElement => screen.getByRole('textbox', { name });
const press = (name: string): HTMLElement => screen.getByRole('button', { name });

test('an amount with 7 decimals says so, stays in the field, and is not sent', async () => {
  const { user } = showForm();
  await user.type(input('Credit limit'), '1.1234567');
  await user.click(press('Save'));
  expect(input('Credit limit')).toHaveValue('1.1234567');
  expect(input('Credit limit')).toHaveAccessibleDescription(/Use up to 6 decimal places/);
  expect(save).not.toHaveBeenCalled();
});

test.each(['-4', '0', '1.5', '101'])('a maximum of %s is refused with its bounds, and stays', async (typed) => {
  const { user } = showForm();
  await user.clear(input('Max qty'));
  await user.type(input('Max qty'), typed);
  await user.click(press('Save'));
  expect(input('Max qty')).toHaveValue(typed);
  expect(input('Max qty')).toHaveAccessibleDescription('Enter a whole number from 1 to 100.');
  expect(save).not.toHaveBeenCalled();
});

test('a time is picked from a calendar that names its zone', async () => {
  const { user } = showForm();
  await user.click(press('Until: pick date and time'));
  const calendar = await screen.findByRole('dialog');
  expect(await within(calendar).findByText(/^Time zone: /)).toBeInTheDocument();
  await user.click((await within(calendar).findAllByRole('button', { name: /^15 / }))[0] as HTMLElement);
  await user.click(press('Save'));
  await waitFor(() => expect(save).toHaveBeenCalled());
  expect(save.mock.calls[0]?.[0].until).toMatch(/^\d{4}-\d{2}-\d{2}T\d{2}:59:00\.000Z$/);
});

test('Save stays in the form with the saved version; Save and close does not', async () => {
  const { user } = showForm();
  await user.type(input('Credit limit'), '5');
  expect(screen.getByText('Unsaved changes')).toBeInTheDocument();
  await user.click(press('Save'));
  await waitFor(() => expect(onSaved).toHaveBeenCalledWith({}, true));
  expect(input('Max qty')).toHaveValue('4');
  expect(screen.queryByText('Unsaved changes')).toBeNull();
  await user.click(press('Save and close'));
  await waitFor(() => expect(onSaved).toHaveBeenLastCalledWith({}, false));
  expect(save.mock.calls[1]?.[1 as 0]).toBe('"2"');
});
