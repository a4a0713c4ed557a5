/** @jest-environment ./test/web/support/page-environment.cjs */
import { renderPage } from '../support/render-page';
import { stubApi, type StubbedApi } from '../support/stub-api';
import { screen, waitFor } from '@testing-library/react';
import type { ReactNode } from 'react';
import { zeroMaximum } from '../../../web/src/form/grant/CreditImpact';
import { GrantForm } from '../../../web/src/form/grant/GrantForm';
import { useSession } from '../../../web/src/session/session';
import { clientOf, explanationOf, ruleOf } from './client-data';

/** The one form that grants temporary credit: on a client's page, in the client list, and on the credit page. */

const limits = {
  ...{ clientId: '7', currency: 'USD', maxAmount: null, maxPercent: null, maxUntil: null, maxDays: null },
  ...{ from: '2026-03-01T10:00:00Z', creditLimit: '10.00', refusal: null, serverTime: '2026-03-01T10:00:00Z' },
};
const saved: string[] = [];
let api: StubbedApi;

function shown(changes: Partial<Record<keyof typeof limits, unknown>> = {}, clientId: string | null = '7') {
  saved.length = 0;
  api = stubApi(
    {
      'GET /v1/clients/7': clientOf(),
      'GET /v1/clients/7/temporary-credits/limits': { ...limits, ...changes },
      'GET /v1/clients/7/explain': explanationOf([ruleOf()]),
      'POST /v1/clients/7/temporary-credits': { clientId: '7', status: 'active' },
      'POST /v1/clients/7/credit-requests': { clientId: '7', status: 'pending' },
    },
    ['grantTemporaryCredit', 'explainClient'],
  );
  const onSaved = async (id: string): Promise<void> => void saved.push(id);
  return renderPage(
    <LoggedIn>
      <GrantForm clientId={clientId} onSaved={onSaved} onClose={() => undefined} />
    </LoggedIn>,
  );
}

/** As on every page: nothing is shown before the user is known. */
function LoggedIn({ children }: { readonly children: ReactNode }): ReactNode {
  return useSession() ? children : null;
}

const button = (): HTMLElement => screen.getByRole('button', { name: 'Grant credit' });

test('a given client needs no choice; what is left after the revert is shown before', async () => {
  const { user } = shown();
  expect(await screen.findByText('Customer B')).toBeVisible();
  expect(screen.queryByLabelText(/^Client/)).toBeNull();
  await screen.findByText('Impact');
  await user.type(screen.getByRole('textbox', { name: /^Amount/ }), '20');
  expect(await screen.findByText('below 1 threshold')).toBeVisible();
  expect(screen.getByText('52.00')).toBeVisible();
});

test('without a client there is one to choose', async () => {
  shown({}, null);
  const [picker] = await screen.findAllByLabelText(/^Client/);
  expect(picker).toBeVisible();
});

test('grants what was typed, and reports whose page to renew', async () => {
  const { user } = shown();
  await screen.findByText('Impact');
  await user.type(screen.getByRole('textbox', { name: /^Amount/ }), '20');
  await user.type(screen.getByRole('textbox', { name: /^Valid until/ }), '2999-03-08T00:00:00Z');
  await user.type(screen.getByLabelText(/^Reason/), 'bank holiday');
  await user.click(button());
  await waitFor(() => expect(saved).toEqual(['7']));
  expect(api.asked.find(({ method }) => method === 'POST')?.body).toEqual({
    amount: '20.00',
    validUntil: '2999-03-08T00:00:00.000Z',
    reason: 'bank holiday',
  });
});

test.each<[Record<string, unknown>, string]>([
  [{ maxAmount: '0.00' }, "You can't grant credit. Another user must approve it."],
  [{ maxDays: 0, maxUntil: '2026-03-01T10:00:00Z' }, "You can't grant credit. Another user must approve it."],
  [
    { maxAmount: '0.00', maxPercent: '50', creditLimit: '0.00' },
    'It is 50% of the credit limit, which is 0.00\u00a0USD. Raise the credit limit, or request approval.',
  ],
])('a maximum of zero says why, and the credit is asked for: %j', async (changes, text) => {
  shown(changes);
  expect(await screen.findByText('Your maximum possible increase is 0')).toBeVisible();
  expect(screen.getByText(text.replaceAll('\u00a0', ' '))).toBeVisible();
  expect(screen.getByRole('button', { name: 'Request approval' })).toBeEnabled();
});

test('above the maximum, approval is requested', async () => {
  const { user } = shown({ maxAmount: '15.00' });
  await screen.findByText('Impact');
  await user.type(screen.getByRole('textbox', { name: /^Amount/ }), '20');
  await user.type(screen.getByRole('textbox', { name: /^Valid until/ }), '2999-03-08T00:00:00Z');
  await user.type(screen.getByLabelText(/^Reason/), 'bank holiday');
  expect(await screen.findByText(/^Above your maximum of 15\.00/)).toBeVisible();
  await user.click(screen.getByRole('button', { name: 'Request approval' }));
  await waitFor(() => expect(saved).toEqual(['7']));
  expect(api.asked.find(({ method }) => method === 'POST')?.path).toBe('/v1/clients/7/credit-requests');
});

test.each([
  ['grant', /Raise the credit limit, or request approval/],
  ['change', /let another user edit this credit/],
  ['approve', /let another user approve this request/],
] as const)('a maximum of 0 says what helps who is about to %s', (action, text) => {
  const zero = { ...limits, maxAmount: '0.00', maxPercent: '10', creditLimit: '0.00' };
  expect(zeroMaximum(zero, action)).toMatch(text);
  expect(zeroMaximum({ ...zero, maxAmount: '5.00' }, action)).toBeNull();
});

test('a client with temporary credit gets no second one', async () => {
  shown({ refusal: { code: 'credit_exists', detail: '' } });
  expect(await screen.findByText('The client already has temporary credit. Edit or cancel it.')).toBeVisible();
  expect(button()).toBeDisabled();
});
