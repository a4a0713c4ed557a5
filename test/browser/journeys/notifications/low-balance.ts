import type { Page } from 'playwright-core';
import { billingOf, charge, newClient, newName, newProfile } from '../../support/clients.js';
import { journey, openPage } from '../../support/journey.js';
import { mailTo } from '../../support/emails.js';

/** Records a payment or a charge manually, as an operator does when the billing system has not sent it. */
async function record(page: Page, kind: 'payment' | 'charge', amount: string): Promise<void> {
  if (kind === 'charge') await page.getByRole('tab', { name: 'Ledger' }).click();
  await page.getByRole('button', { name: `Record ${kind}` }).click();
  const dialog = page.getByRole('dialog', { name: `Record ${kind}` });
  await dialog.getByLabel('Amount').fill(amount);
  await dialog.getByText(/^Available changes from/).waitFor();
  await dialog.getByRole('button', { name: 'Record' }).click();
  await dialog.waitFor({ state: 'detached' });
  await page.getByRole('tab', { name: 'Overview' }).click();
}

/** The row of a rule on the client's page. */
const ruleRow = (page: Page, rule: string) => page.getByRole('row', { name: new RegExp(`^${rule} `) });

describe('a client gets low', () => {
  journey('I make a profile and assign it; the client gets low and is mailed, pays and is re-armed', async (scene) => {
    const { page, open } = scene;
    const client = await newClient({ openingBalance: '60.00', profileId: null });
    const profile = newName('Warn early');

    await open('/profiles/new');
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill(profile);
    await page.getByLabel('Max qty').fill('2');
    const clientRule = page.getByRole('group', { name: 'Client notification' });
    await clientRule.getByLabel('Threshold').fill('50');
    await clientRule.getByRole('checkbox', { name: 'Billing email' }).check();
    await page.getByRole('radio', { name: 'Immediately' }).check();
    await page.getByText(/below 50\.00.USD, notify the billing email\./).waitFor();
    await page.getByRole('button', { name: 'Create profile' }).click();
    await page.getByRole('heading', { level: 1, name: profile }).waitFor();

    await page.getByRole('button', { name: 'Assign to clients' }).click();
    const assigning = page.getByRole('dialog', { name: `Assign ${profile} to clients` });
    await assigning.getByLabel('Clients').fill(client.name);
    await page.getByRole('option', { name: new RegExp(client.name) }).click();
    // The list of clients closes when the focus leaves the field.
    await page.keyboard.press('Tab');
    await assigning.getByRole('button', { name: 'Assign' }).click();
    await page.getByText(`1 client now uses ${profile}.`).waitFor();

    await open(`/clients/${client.id}`);
    await page.getByText(/10\.00.* above the .*50\.00.* client notification threshold/).waitFor();
    await record(page, 'charge', '20');
    await page
      .getByText(/10\.00.* below the .*50\.00.* client notification threshold since .* · 1 of 2 notifications sent/)
      .waitFor();
    await ruleRow(page, 'Client notification').getByText('Notification 1 of 2 was sent at this check.').waitFor();
    const mail = await mailTo(billingOf(client));
    expect(mail.subject).toContain('40.00');

    await page.getByRole('tab', { name: 'Notifications', exact: true }).click();
    await page
      .getByRole('row', { name: /Client notification.*1 of 2/ })
      .getByText('Accepted')
      .waitFor();

    await record(page, 'payment', '100');
    await page.getByText(/90\.00.* above the .*50\.00.* client notification threshold/).waitFor();
    await ruleRow(page, 'Client notification').getByText('0 of 2').waitFor();
  });

  journey(
    'I see why a client was not mailed: above its threshold, silenced, nobody to tell',
    async ({ page, open }) => {
      const profile = await newProfile();
      const client = await newClient({ openingBalance: '60.00', profileId: profile.id });
      await open(`/clients/${client.id}`);
      await page.getByRole('button', { name: 'Check now' }).click();
      await ruleRow(page, 'Client notification')
        .getByText(/60\.00.* available, threshold .*50\.00/)
        .waitFor();

      await page.getByRole('button', { name: 'More actions' }).click();
      await page.getByRole('menuitem', { name: 'Silence all rules' }).click();
      const silencing = page.getByRole('dialog', { name: 'Silence notifications' });
      await silencing.getByRole('textbox', { name: 'Until' }).fill('+2h');
      await silencing.getByLabel('Reason').fill('their holiday');
      await silencing.getByRole('button', { name: 'Silence' }).click();
      await silencing.waitFor({ state: 'detached' });
      await charge(client, '30.00');
      await ruleRow(page, 'Client notification')
        .getByText(/^Low\. Silenced until/)
        .waitFor();

      const nobody = await newClient({ openingBalance: '10.00', profileId: profile.id, billingEmail: null });
      await open(`/clients/${nobody.id}`);
      await ruleRow(page, 'Client notification')
        .getByText('Low, but the rule has no email address or channel to notify.')
        .waitFor();
      await page.getByText('A rule has no recipients').waitFor();
    },
  );

  journey('I lend credit until tomorrow, see it in the balance, and see it taken back on time', async (scene) => {
    const { page, open, api } = scene;
    const client = await newClient({ openingBalance: '-20.00', creditLimit: '50.00' });
    await open(`/clients/${client.id}`);
    await page.getByRole('button', { name: 'Grant temporary credit' }).click();
    const lending = page.getByRole('dialog', { name: 'Grant temporary credit' });
    await lending.getByRole('textbox', { name: 'Amount' }).fill('100');
    await lending.getByRole('textbox', { name: 'Valid until' }).fill('tomorrow 18:00');
    await lending.getByLabel('Reason').fill('bank holiday');
    await lending.getByText('Available with this credit').locator('..').getByText('130.00').waitFor();
    await lending.getByRole('button', { name: 'Grant credit', exact: true }).click();
    await lending.waitFor({ state: 'detached' });
    const available = page.getByRole('row', { name: /Available/ });
    await available.getByText('130.00').waitFor();

    const [grant] = await api.list(`/v1/temporary-credits?clientId=${client.id}`);
    const soon = new Date(Date.now() + 4000).toISOString();
    await api.patch(`/v1/temporary-credits/${grant?.id}`, { validUntil: soon, reason: 'a shorter holiday' });
    await available.getByText(/^30\.00/).waitFor();
    await page.getByRole('tab', { name: 'Credit' }).click();
    await page.getByText('No temporary credit').waitFor();
    await page.getByRole('row', { name: /Temporary credit reverted/ }).waitFor();
  });

  journey(
    'I ask for credit above my maximum, another user approves less, and I see it',
    async ({ page, open, another }) => {
      const client = await newClient({ creditLimit: '500.00' });
      await open(`/clients/${client.id}`);
      await page.getByRole('button', { name: 'Grant temporary credit' }).click();
      const asking = page.getByRole('dialog', { name: 'Grant temporary credit' });
      await asking.getByRole('textbox', { name: 'Amount' }).fill('150');
      await asking.getByRole('textbox', { name: 'Valid until' }).fill('tomorrow 18:00');
      await asking.getByLabel('Reason').fill('the trunk is paid next week');
      await asking.getByText('Another user with a sufficient maximum must approve this credit.').waitFor();
      await asking.getByRole('button', { name: 'Request approval' }).click();
      await asking.waitFor({ state: 'detached' });
      await page.getByRole('tab', { name: 'Credit' }).click();
      await page.getByText(/A request for temporary credit of 150\.00/).waitFor();

      const approver = await another({ as: 'admin' });
      await openPage(approver, `/credit?tab=requests`);
      await approver.getByRole('row', { name: new RegExp(client.name) }).click();
      const decision = approver.getByRole('dialog').filter({ hasText: 'the trunk is paid next week' });
      await decision.getByRole('textbox', { name: 'Amount' }).fill('120');
      await decision.getByRole('button', { name: 'Approve' }).click();
      await approver.getByText(`Credit request of ${client.name} approved`).waitFor();

      await page.getByText('Granted by').waitFor();
      await page
        .getByText(/^620\.00/)
        .first()
        .waitFor();
      await page.getByText(/A request for temporary credit/).waitFor({ state: 'detached' });
    },
    { as: 'controller' },
  );

  journey('money typed wrongly is told at its field, and nothing is recorded', async ({ page, open, api }) => {
    const client = await newClient();
    await open(`/clients/${client.id}`);
    await page.getByRole('button', { name: 'Record payment' }).click();
    const dialog = page.getByRole('dialog', { name: 'Record payment' });
    await dialog.getByLabel('Amount').fill('a lot');
    await dialog.getByRole('button', { name: 'Record' }).click();
    await dialog.getByText('Enter an amount such as 1,234.50.').waitFor();
    expect(await dialog.getByLabel('Amount').getAttribute('aria-invalid')).toBe('true');
    expect(await api.list(`/v1/clients/${client.id}/entries`)).toEqual([]);
  });
});
