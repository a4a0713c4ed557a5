/** @jest-environment ./test/web/support/page-environment.cjs */
import { screen, waitFor, within } from '@testing-library/react';
import ClientTemplatesPage from '../../../web/src/pages/clients/templates';
import { TemplateActions } from '../../../web/src/pages/clients/templates/form/TemplateActions';
import { TemplateForm } from '../../../web/src/pages/clients/templates/form/TemplateForm';
import TemplateOfClient from '../../../web/src/pages/clients/templates/TemplateOfClient';
import {
  draftOf,
  templateErrors,
  templateValues,
  type Template,
} from '../../../web/src/pages/clients/templates/template-values';
import { fakeApi, pageOf } from '../support/fake-api';
import { renderPage } from '../support/render-page';
import { clientOf } from './client-data';

const wholesale: Template = {
  ...{ id: '3', resellerId: '1', resellerName: 'Company', name: 'Wholesale', currency: 'USD', tags: ['wholesale'] },
  values: { creditLimit: '500.00', originationCapacity: 60, terminationCapacity: 'unlimited' },
  ...{ clients: 2, version: 4, createdAt: '2026-03-01T10:00:00Z', updatedAt: '2026-03-01T10:00:00Z' },
};

const rights = [
  ...['listClientTemplates', 'createClientTemplate', 'updateClientTemplate', 'deleteClientTemplate'],
  ...['detachClientTemplate', 'applyClientTemplate', 'detachClient', 'setCreditLimit'],
];

const impact = {
  ...{ clients: 2, at: '2026-03-02T00:00:00Z', notified: { before: 0, after: 1 }, low: { before: 0, after: 1 } },
  newlyNotified: {
    count: 1,
    data: [{ clientId: '7', name: 'Acme Telecom', available: '3.00', currency: 'USD', rules: [] }],
  },
  noLongerNotified: { count: 0, data: [] },
};

test('lists templates with what they set, and leads to their clients', async () => {
  fakeApi({ 'GET /v1/client-templates': () => pageOf([wholesale]), 'GET /v1/views': () => ({ data: [] }) }, rights);
  renderPage(<ClientTemplatesPage />);
  const row = (await screen.findByText('Wholesale')).closest('tr') as HTMLElement;
  expect(row).toHaveTextContent('500.00 USD');
  expect(within(row).getByRole('link', { name: '2' })).toHaveAttribute(
    'href',
    '/clients?clientTemplateId=3&status=active,stop',
  );
});

test('without any, says what they are for', async () => {
  fakeApi({ 'GET /v1/client-templates': () => pageOf([]), 'GET /v1/views': () => ({ data: [] }) }, rights);
  renderPage(<ClientTemplatesPage />);
  expect(await screen.findByText('No client templates yet')).toBeVisible();
});

test('an edit shows who becomes low before it is saved, and sends what the template sets', async () => {
  const api = fakeApi(
    {
      'POST /v1/client-templates/3/preview': () => ({
        ...{ clients: 2, changed: 1, fields: [{ field: 'originationCapacity', clients: 1 }] },
        ...{ refused: { count: 0, data: [] }, impact },
      }),
      'PATCH /v1/client-templates/3': () => ({ ...wholesale, effect: { clientsUpdated: 1 } }),
    },
    rights,
  );
  const { user } = renderPage(<TemplateForm template={wholesale} etag='"4"' />, { permissions: rights });
  expect(await screen.findByText(/2 clients have this template\. The values of 1 client would change\./)).toBeVisible();
  expect(screen.getByText('Acme Telecom', { exact: false })).toBeVisible();
  await user.click(screen.getByRole('button', { name: 'Do not set Origination capacity' }));
  await user.click(screen.getByRole('button', { name: 'Set Capacity below threshold' }));
  await user.click(screen.getByRole('button', { name: 'Save' }));
  await waitFor(() => expect(api.asked('PATCH /v1/client-templates/3')).toHaveLength(1));
  const [saved] = api.asked('PATCH /v1/client-templates/3');
  expect(saved?.body).toMatchObject({
    name: 'Wholesale',
    values: {
      ...{ creditLimit: '500.00', originationCapacity: null, terminationCapacity: 'unlimited' },
      ...{ lowBalanceCapacity: 'none', profileId: null },
    },
  });
});

test('one that clients use says how many, and is detached first', async () => {
  const api = fakeApi({ 'POST /v1/client-templates/3/detach': () => ({ clients: 2 }) }, rights);
  const { user } = renderPage(<TemplateActions template={wholesale} onDetached={() => undefined} />, {
    permissions: rights,
  });
  expect(await screen.findByRole('button', { name: 'Delete' })).toHaveAttribute('data-disabled');
  await user.click(screen.getByRole('button', { name: 'Detach clients' }));
  const dialog = await screen.findByRole('dialog', { name: 'Detach the clients of Wholesale?' });
  expect(dialog).toHaveTextContent('2 clients keep the values of the template as their own.');
  await user.click(within(dialog).getByRole('button', { name: 'Detach clients' }));
  await waitFor(() => expect(api.asked('POST /v1/client-templates/3/detach')).toHaveLength(1));
});

test('a client gets another template with its own values kept or cleared, shown for each field', async () => {
  const field = { field: 'creditLimit', from: 'template', own: null, template: '500.00', effective: '500.00' };
  const api = fakeApi(
    {
      'GET /v1/client-templates/3': () => wholesale,
      'GET /v1/client-templates': () => pageOf([wholesale]),
      'POST /v1/clients/7/client-template/preview': () => ({
        ...{ fields: [{ ...field, before: '10.00', changes: true }], newTags: ['wholesale'], impact },
      }),
      'POST /v1/clients/7/client-template': () => clientOf({ clientTemplateId: '3' }),
    },
    rights,
  );
  const client = clientOf({ clientTemplateId: '3', clientTemplateName: 'Wholesale' });
  const { user } = renderPage(<TemplateOfClient client={client} />, { permissions: rights });
  await user.click(await screen.findByRole('button', { name: 'Change template' }));
  const dialog = await screen.findByRole('dialog', { name: 'Change the template of Customer B?' });
  await user.click(within(dialog).getByRole('radio', { name: 'Clear' }));
  const row = await within(dialog).findByRole('row', { name: /Credit limit/ });
  expect(row).toHaveTextContent('500.00 USD');
  expect(dialog).toHaveTextContent('1 value would change.');
  expect(dialog).toHaveTextContent('New tags: wholesale');
  await user.click(within(dialog).getByRole('button', { name: 'Change template' }));
  await waitFor(() => expect(api.asked('POST /v1/clients/7/client-template')).toHaveLength(1));
  const [applied] = api.asked('POST /v1/clients/7/client-template');
  expect(applied?.body).toEqual({ clientTemplateId: '3', ownValues: 'clear' });
});

test('no limit leaves no credit limit in a template, and a set text must not be empty', () => {
  const values = templateValues(wholesale, '1');
  const unlimited = {
    ...values,
    balanceModel: 'unlimited' as const,
    inherited: values.inherited.filter((name) => !['balanceModel', 'routingPlan'].includes(name)),
  };
  expect(draftOf(unlimited).values).toMatchObject({ balanceModel: 'unlimited', creditLimit: null });
  expect(templateErrors(unlimited)['#/routingPlan']).not.toBeNull();
  expect(templateErrors(values)['#/routingPlan']).toBeNull();
});
