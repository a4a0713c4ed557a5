/** @jest-environment ./test/web/support/page-environment.cjs */
import { renderPage, type Page } from '../support/render-page';
import { TextInput } from '@mantine/core';
import { screen, waitFor } from '@testing-library/react';
import type { ReactNode } from 'react';
import { ApiError } from '../../../web/src/api/problems';
import { FormActions } from '../../../web/src/form/FormActions';
import { useApiForm } from '../../../web/src/form/use-api-form';

/** What a user notices of every form. */

interface Client extends Record<string, unknown> {
  readonly name: string;
  readonly email: string;
}

type Save = (values: Client) => Promise<unknown>;

function ClientForm({ save, onSaved }: { readonly save: Save; readonly onSaved: () => void }): ReactNode {
  const form = useApiForm<Client, unknown>({
    initialValues: { name: '', email: '' },
    validate: ({ name }) => ({ '#/name': name === '' ? 'Enter a name' : null }),
    save,
    onSaved,
  });
  return (
    <form onSubmit={form.submit} noValidate>
      <TextInput label="Name" {...form.field('#/name')} />
      <TextInput label="Email" {...form.field('#/email')} />
      <FormActions form={form} />
    </form>
  );
}

const refusalOf = (faults: Readonly<Record<string, string>>): ApiError =>
  new ApiError(400, {
    code: 'invalid',
    title: 'The request is not valid',
    requestId: 'request-7',
    errors: Object.entries(faults).map(([pointer, detail]) => ({ pointer, code: 'invalid_email', detail })),
  });
const refusal = (pointer: string, detail: string): ApiError => refusalOf({ [pointer]: detail });

const onSaved = jest.fn();
const button = (): HTMLElement => screen.getByRole('button', { name: 'Save' });
const input = (name: string): HTMLElement => screen.getByRole('textbox', { name });

function showForm(save: Save): Page {
  onSaved.mockClear();
  return renderPage(<ClientForm save={save} onSaved={onSaved} />);
}

test('sends what was typed under the labels', async () => {
  const save = jest.fn<Promise<unknown>, [Client]>(async () => ({}));
  const { user } = showForm(save);
  await user.type(input('Name'), 'Acme');
  await user.type(input('Email'), 'billing@acme.example{Enter}');
  await waitFor(() => expect(onSaved).toHaveBeenCalledTimes(1));
  expect(save.mock.calls[0]?.[0]).toEqual({ name: 'Acme', email: 'billing@acme.example' });
});

test('what is missing is said beside its field, which gets the focus; nothing is sent', async () => {
  const save = jest.fn<Promise<unknown>, [Client]>();
  const { user } = showForm(save);
  await user.click(button());
  expect(await screen.findByText('Enter a name')).toBeVisible();
  expect(input('Name')).toHaveFocus();
  expect(input('Name')).toBeInvalid();
  expect(input('Name')).toHaveAccessibleDescription('Enter a name');
  expect(save).not.toHaveBeenCalled();
});

test('what the API refuses is said beside its field, which gets the focus', async () => {
  const { user } = showForm(() => Promise.reject(refusal('#/email', 'must be an email address')));
  await user.type(input('Name'), 'Acme');
  await user.click(button());
  await waitFor(() => expect(input('Email')).toHaveFocus());
  expect(input('Email')).toHaveAccessibleDescription(/must be an email address/i);
  expect(input('Name')).toBeValid();
  expect(screen.queryByRole('alert')).toBeNull();
  expect(onSaved).not.toHaveBeenCalled();
});

test('all that the API refuses is said, of one value of a list beside the field of the list', async () => {
  const faults = { '#/name': 'must be shorter', '#/email/0': 'must be Latin', '#/email/2': 'must be another one' };
  const { user } = showForm(() => Promise.reject(refusalOf(faults)));
  await user.type(input('Name'), 'Acme');
  await user.click(button());
  await waitFor(() => expect(input('Name')).toHaveAccessibleDescription('Must be shorter.'));
  expect(input('Email')).toHaveAccessibleDescription('Must be Latin. Must be another one.');
  expect(screen.queryByRole('alert')).toBeNull();
});

test('what is wrong with no field of the form stands above the buttons, with the request id', async () => {
  const { user } = showForm(() => Promise.reject(refusal('#/currency', 'must be a currency')));
  await user.type(input('Name'), 'Acme');
  await user.click(button());
  const alert = await screen.findByRole('alert');
  expect(alert).toHaveTextContent('must be a currency');
  expect(alert).toHaveTextContent('request-7');
});

test('can be sent again after a refusal, and keeps what was typed', async () => {
  const answers = [Promise.reject(refusal('#/email', 'must be an email address')), Promise.resolve({})];
  answers[0]?.catch(() => undefined);
  const save = jest.fn<Promise<unknown>, [Client]>(() => answers.shift() ?? Promise.reject(new Error('a third call')));
  const { user } = showForm(save);
  await user.type(input('Name'), 'Acme');
  await user.type(input('Email'), 'billing');
  await user.click(button());
  await waitFor(() => expect(input('Email')).toHaveFocus());
  await user.keyboard('@acme.example{Enter}');
  await waitFor(() => expect(onSaved).toHaveBeenCalledTimes(1));
  expect(save.mock.calls[1]?.[0]).toEqual({ name: 'Acme', email: 'billing@acme.example' });
});

test('while it is being saved it cannot be sent a second time', async () => {
  const { promise, resolve } = deferred();
  const save = jest.fn<Promise<unknown>, [Client]>(() => promise);
  const { user } = showForm(save);
  await user.type(input('Name'), 'Acme{Enter}');
  await waitFor(() => expect(button()).toBeDisabled());
  await user.type(input('Name'), '{Enter}');
  expect(save).toHaveBeenCalledTimes(1);
  resolve();
  await waitFor(() => expect(button()).toBeEnabled());
});

function deferred(): { readonly promise: Promise<void>; readonly resolve: () => void } {
  let resolve = (): void => undefined;
  const promise = new Promise<void>((done) => (resolve = done));
  return { promise, resolve };
}
