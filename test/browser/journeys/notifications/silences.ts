import { newClient, newName } from '../../support/clients.js';
import { journey } from '../../support/journey.js';

describe('silences over many clients', () => {
  journey('I silence the clients with a tag after a preview, and end the silence now', async ({ page, open, api }) => {
    const tag = newName('Walk silence');
    const comment = newName('Works on the switch');
    const client = await newClient({ tags: [tag] });
    await open('/silences');
    await page.getByRole('button', { name: 'Create silence' }).first().click();
    const form = page.getByRole('dialog', { name: 'Create silence' });
    await form.getByRole('textbox', { name: 'Tag' }).fill(tag.toUpperCase());
    await form.getByText('Covers 1 client now').waitFor();
    await form.getByRole('link', { name: client.name }).waitFor();
    await form.getByRole('textbox', { name: 'Ends' }).fill('tomorrow 18:00');
    await form.getByRole('textbox', { name: 'Comment' }).fill(comment);
    await form.getByRole('button', { name: 'Create silence' }).click();
    await page.getByText('Silence created for 1 client').waitFor();

    const row = page.getByRole('row', { name: new RegExp(comment) });
    await row.getByText('Active').waitFor();
    await row.getByText(comment).click();
    const details = page.getByRole('dialog', { name: 'Silence' });
    await details.getByRole('button', { name: 'End now' }).click();
    const asked = page.getByRole('dialog', { name: `End silence “${comment}”?` });
    await asked.getByRole('textbox', { name: 'Reason' }).fill('finished early');
    await asked.getByRole('button', { name: 'End now' }).click();
    await page.getByText('Silence ended').waitFor();
    const [ended] = await api.list<{ readonly id: string; readonly status: string; readonly tag: string }>(
      `/v1/silences?status=expired&q=${encodeURIComponent(comment)}`,
    );
    expect(ended).toMatchObject({ status: 'expired', tag: tag.toUpperCase() });
  });
});
