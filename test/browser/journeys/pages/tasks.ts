import { journey } from '../../support/journey.js';

describe('the tasks page', () => {
  journey('I pause a task, run it now, see what it found, and resume it', async ({ page, open }) => {
    await open('/tasks');
    const task = page.getByRole('region', { name: 'Due invoices' });
    const confirm = async (verb: 'Pause' | 'Resume', reason: string): Promise<void> => {
      await task.getByRole('button', { name: verb }).click();
      const dialog = page.getByRole('dialog', { name: `${verb} “Due invoices”?` });
      await dialog.getByRole('textbox', { name: 'Reason' }).fill(reason);
      await dialog.getByRole('button', { name: verb }).click();
    };
    await confirm('Pause', 'end of the year');
    await task.getByText('Paused').waitFor();
    await task.getByText('end of the year').waitFor();

    await task.getByRole('button', { name: 'Run now' }).click();
    await page.getByText('Run started').waitFor();
    const runs = page.getByRole('table', { name: /Due invoices/ });
    await runs.getByText('Completed').first().waitFor();
    await runs
      .getByText(/Nothing to do|reminders \d|overdue \d/)
      .first()
      .waitFor();

    await confirm('Resume', 'the books are closed');
    await task.getByText('Active').waitFor();
  });
});
