import { until } from '../../../support/run/lowwater.js';
import { newName } from '../../support/clients.js';
import { journey } from '../../support/journey.js';

describe('a company', () => {
  journey('has three balances, is notified by a run of the controller, and again after a reset', async (scene) => {
    const { page, open, mail } = scene;
    const name = newName('Carrier');
    const address = 'alarm@carrier-walk.example';
    const received = () => mail.messages.filter(({ to }) => to.includes(address));

    await open('/companies');
    await page.getByRole('button', { name: 'Create company' }).first().click();
    const drawer = page.getByRole('dialog', { name: 'Create company' });
    await drawer.getByRole('textbox', { name: 'Name' }).fill(name);
    await drawer.getByRole('combobox', { name: 'Currency of the mutual balance' }).fill('USD');
    await page.getByRole('option', { name: /^USD/ }).first().click();
    await drawer.getByRole('button', { name: 'Create company' }).click();

    // Its page begins with the tab of the manual.
    await page.getByRole('heading', { level: 1, name }).waitFor();
    await page.getByRole('switch', { name: 'Balance threshold control' }).click();
    await page.getByRole('textbox', { name: 'Threshold amount' }).fill('100');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Required').first().waitFor();
    await page.getByRole('combobox', { name: 'Alarm email', exact: true }).fill(address);
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Saved. The next run decides.').waitFor();

    await page.getByRole('tab', { name: 'Entries' }).click();
    await page.getByRole('button', { name: 'Record entry' }).first().click();
    const entry = page.getByRole('dialog', { name: 'Record entry' });
    await entry.getByRole('textbox', { name: 'Amount' }).fill('50');
    await entry.getByRole('button', { name: 'Record entry' }).click();
    await page
      .getByRole('row', { name: /Payment/ })
      .getByText('50.00')
      .first()
      .waitFor();
    await page.getByRole('tab', { name: 'Their Balance' }).click();
    const facts = page.getByRole('region', { name: 'Their balance' });
    await facts.getByText('Low', { exact: true }).waitFor();

    const run = async (): Promise<void> => {
      await open('/tasks');
      const task = page.getByRole('region', { name: 'Balance threshold controller' });
      await task.getByRole('button', { name: 'Run now' }).click();
    };
    await run();
    await until('the alarm', () => received().length === 1);
    expect(received()[0]?.subject).toBe(`Balance of ${name} is 50.00 USD`);
    await page
      .getByRole('table', { name: /Balance threshold controller/ })
      .getByText('Completed')
      .first()
      .waitFor();

    await open('/companies');
    await page.getByRole('link', { name }).click();
    await page.getByRole('tab', { name: 'Their Balance' }).click();
    await facts.getByRole('button', { name: 'Reset' }).click();
    const dialog = page.getByRole('dialog', { name: /Reset the alarm/ });
    await dialog.getByRole('textbox', { name: 'Reason' }).fill('they asked for it again');
    await dialog.getByRole('button', { name: 'Reset' }).click();
    await facts.getByText('not set').waitFor();
    await run();
    await until('the alarm again', () => received().length === 2);
  });
});
