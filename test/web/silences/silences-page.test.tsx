/** @jest-environment ./test/web/support/page-environment.cjs */
import { screen, waitFor, within } from '@testing-library/react';
import type { components } from '../../../web/src/api/schema';
import SilencesPage from '../../../web/src/pages/silences';
import { fakeApi, pageOf, type FakeApi } from '../support/fake-api';
import { renderPage, type Page } from '../support/render-page';

type Silence = components['schemas']['ClientsSilence'];

const active: Silence = {
  ...{ id: '7', status: 'active', resellerId: '1', resellerName: 'Company', tag: 'wholesale', profileId: null },
  ...{ profileName: null, startsAt: '2026-03-01T10:00:00Z', endsAt: '2999-03-01T10:00:00Z', comment: 'migration' },
  ...{ clients: 2, createdBy: 'user:1', createdByName: 'Ada', createdAt: '2026-03-01T10:00:00Z' },
  ...{ endedBy: null, endedByName: null, version: 1 },
};

const preview: components['schemas']['SilencePreview'] = {
  ...{ clients: 2, low: 1 },
  sample: [{ id: '3', name: 'Customer A', resellerName: 'Company', state: 'low' }],
};

const rights = ['listSilences', 'readSilence', 'createSilence', 'updateSilence', 'expireSilence', 'previewSilence'];

function show(address = '/', silences: readonly Silence[] = [active]): Page & { readonly api: FakeApi } {
  const api = fakeApi(
    {
      'GET /v1/silences': () => pageOf([...silences]),
      'GET /v1/silences/7': () => active,
      'POST /v1/silences/preview': () => preview,
      'POST /v1/silences': () => active,
      'POST /v1/silences/7/expire': () => ({ ...active, status: 'expired' }),
      'GET /v1/resellers': () => pageOf([]),
      'GET /v1/profiles': () => pageOf([]),
      'GET /v1/views': () => ({ data: [] }),
    },
    rights,
  );
  return { api, ...renderPage(<SilencesPage />, { address }) };
}

test('lists silences with what they cover, and says what they are for without any', async () => {
  show();
  const row = (await screen.findByText('migration')).closest('tr') as HTMLElement;
  expect(row).toHaveTextContent('Active');
  expect(row).toHaveTextContent('wholesale');
});

test('a new one shows who is covered, requires an end and a comment, and sends what was typed', async () => {
  const { user, api, search } = show('/?silence=new', []);
  const form = within(await screen.findByRole('dialog', { name: 'Create silence' }));
  expect(await form.findByText('Covers 2 clients now')).toBeVisible();
  expect(form.getByText('1 of them is low.')).toBeVisible();
  expect(form.getByText('And 1 more client.')).toBeVisible();
  await user.click(form.getByRole('button', { name: 'Create silence' }));
  expect(api.asked('POST /v1/silences')).toEqual([]);
  await user.type(form.getByRole('textbox', { name: 'Tag' }), 'wholesale');
  await user.type(form.getByRole('textbox', { name: /^Ends/ }), '+2h');
  await user.type(form.getByRole('textbox', { name: /^Comment/ }), 'migration');
  await user.click(form.getByRole('button', { name: 'Create silence' }));
  await waitFor(() => expect(api.asked('POST /v1/silences')).toHaveLength(1));
  expect(api.asked('POST /v1/silences')[0]?.body).toMatchObject({
    ...{ tag: 'wholesale', comment: 'migration', endsAt: expect.stringMatching(/Z$/) },
  });
  await waitFor(() => expect(search().get('silence')).toBeNull());
});

test('one that has not ended is ended with a reason', async () => {
  const { user, api } = show('/?silence=7');
  const details = within(await screen.findByRole('dialog', { name: 'Silence' }));
  await user.click(await details.findByRole('button', { name: 'End now' }));
  const asking = within(await screen.findByRole('dialog', { name: 'End silence “migration”?' }));
  await user.type(asking.getByRole('textbox', { name: /Reason/ }), 'done');
  await user.click(asking.getByRole('button', { name: 'End now' }));
  await waitFor(() => expect(api.asked('POST /v1/silences/7/expire')[0]?.body).toEqual({ reason: 'done' }));
});
