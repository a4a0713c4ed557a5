import { until } from '../../../support/run/lowwater.js';
import { journey } from '../../support/journey.js';

describe('resellers', () => {
  journey('a reseller is created, gets a payment, and is moved after a preview', async ({ page, open, api }) => {
    const { id: above } = await api.post('/v1/resellers', { name: 'Walk parent', email: 'walk@operator.example' });
    await open('/resellers');
    await page.getByRole('link', { name: 'Walk parent' }).waitFor();
    await page.getByRole('button', { name: 'Create reseller' }).click();
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Walk reseller');
    await page.getByRole('combobox', { name: 'Currency of its ledger' }).fill('EUR');
    await page.getByRole('option', { name: /EUR/ }).first().click();
    await page.getByRole('button', { name: 'Create' }).click();
    await page.getByRole('heading', { level: 1, name: 'Walk reseller' }).waitFor();

    await page.getByRole('tab', { name: 'Ledger' }).click();
    await page.getByRole('button', { name: 'Record payment' }).click();
    const form = page.getByRole('dialog', { name: 'Record payment' });
    await form.getByLabel('Amount').fill('25');
    await form.getByRole('button', { name: 'Record payment' }).click();
    await page.getByRole('row', { name: /25\.00/ }).waitFor();

    await page.getByRole('button', { name: 'Move' }).click();
    const dialog = page.getByRole('dialog', { name: 'Move “Walk reseller”' });
    await dialog.getByRole('combobox', { name: 'Parent reseller' }).fill('Walk parent');
    await page.getByRole('option', { name: 'Walk parent' }).click();
    await dialog.getByText('No recipients change').waitFor();
    await dialog.getByRole('button', { name: 'Move' }).click();
    await page.getByText('“Walk reseller” moved').waitFor();
    const [moved] = await api.list<{ readonly id: string; readonly parentId: string }>(
      '/v1/resellers?name=Walk%20reseller',
    );
    expect(moved?.parentId).toBe(above);
  });

  journey('a deleted reseller is restored under another name', async ({ page, open, api }) => {
    const { id } = await api.post('/v1/resellers', { name: 'Walk deleted' });
    await open(`/resellers/${id}`);
    await page.getByRole('button', { name: 'Delete' }).click();
    await page.getByRole('dialog', { name: 'Delete “Walk deleted”?' }).getByRole('button', { name: 'Delete' }).click();
    await page.getByText('“Walk deleted” deleted').waitFor();
    await api.post('/v1/resellers', { name: 'Walk deleted' });
    await open(`/resellers/${id}`);
    await page.getByRole('button', { name: 'Restore' }).click();
    const dialog = page.getByRole('dialog', { name: 'Restore “Walk deleted”?' });
    await dialog.getByRole('button', { name: 'Restore' }).click();
    await dialog.getByText(/choose another name/).waitFor();
    await dialog.getByRole('textbox', { name: 'Name' }).fill('Walk restored');
    await dialog.getByRole('button', { name: 'Restore' }).click();
    await page.getByText('“Walk restored” restored').waitFor();
    await page.getByRole('heading', { level: 1, name: 'Walk restored' }).waitFor();
  });
});

describe('email templates', () => {
  journey(
    'a template is written with its errors shown, published, compared, restored as a draft, and tested',
    async ({ page, open, api, mail }) => {
      await open('/mail-templates');
      await page.getByRole('button', { name: 'Create template: Auto payment frozen' }).click();
      await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Walk template');
      await page.getByRole('textbox', { name: 'Subject' }).fill('Frozen: ${client.nope}');
      await page
        .getByRole('alert')
        .getByText(/Subject, line 1, column/)
        .waitFor();
      await page.getByRole('textbox', { name: 'Subject' }).fill('Frozen: ${client.name}');
      await page.getByRole('radiogroup', { name: 'Format' }).first().getByText('Text').click();
      await page.getByRole('textbox', { name: 'Text' }).fill('Dear ${client.name}');
      await page.getByText('Frozen: Customer A').first().waitFor();
      await page.getByRole('button', { name: 'Publish' }).click();
      const asked = page.getByRole('dialog', { name: 'Publish “Walk template”?' });
      await asked.getByRole('button', { name: 'Publish' }).click();
      await page.getByRole('heading', { level: 1, name: 'Walk template' }).waitFor();
      await page.getByRole('tab', { name: 'Versions' }).click();
      await page.getByText('Current').waitFor();
      const [made] = await api.list<{ readonly id: string; readonly subject: string }>(
        '/v1/mail-templates?kind=auto_payment_frozen',
      );
      expect(made?.subject).toBe('Frozen: ${client.name}');

      // Another version, what differs from it, the first one as a draft again, and a test of that.
      await page.getByRole('tab', { name: 'Edit' }).click();
      await page.getByRole('textbox', { name: 'Subject' }).fill('Stopped: ${client.name}');
      await page.getByRole('button', { name: 'Publish' }).click();
      await asked.getByRole('button', { name: 'Publish' }).click();
      await asked.waitFor({ state: 'detached' });
      await page.getByRole('tab', { name: 'Versions' }).click();
      await page
        .getByRole('button', { name: /^Version/ })
        .last()
        .click();
      await page.getByText('Frozen: ${client.name}').waitFor();
      await page.getByRole('button', { name: 'Restore as draft' }).click();
      await page.getByText(/^Version \d+ restored as draft$/).waitFor();
      await page.getByText('Frozen: Customer A').first().waitFor();
      await page.getByRole('button', { name: 'Send test' }).click();
      await page.getByText(/^Test sent to /).waitFor();
      await until('the test', () => mail.messages.some(({ subject }) => subject.includes('Frozen: ')));
    },
  );
});
