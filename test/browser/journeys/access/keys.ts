import { newName } from '../../support/clients.js';
import { journey } from '../../support/journey.js';

describe('API keys', () => {
  journey('I make a key, it works; I revoke it, and it stops', async ({ page, open, api }) => {
    const name = newName('billing system');
    await open('/developers');
    await page.getByRole('button', { name: 'Create API key' }).click();
    const making = page.getByRole('dialog', { name: 'Create API key' });
    await making.getByRole('textbox', { name: 'Name', exact: true }).fill(name);
    await making.getByRole('checkbox', { name: 'Clients: Read' }).check();
    await making.getByRole('button', { name: 'Create key' }).click();
    const secret = page.getByRole('dialog', { name: 'New API key' });
    const key = /lw_live_\w+/.exec(await secret.innerText())?.[0] ?? '';
    await secret.getByRole('button', { name: 'I have saved it' }).click();
    expect(await api.statusOf('/v1/clients', key)).toBe(200);
    expect(await api.statusOf('/v1/profiles', key)).toBe(403);

    await page
      .getByRole('row', { name: new RegExp(name) })
      .getByText(name)
      .click();
    await page.getByRole('dialog', { name: 'API key' }).getByRole('button', { name: 'Revoke' }).click();
    const asking = page.getByRole('dialog', { name: `Revoke the key “${name}”?` });
    await asking.getByText(/This can't be undone\./).waitFor();
    await asking.getByRole('button', { name: 'Revoke' }).click();
    await page.getByText(`Key “${name}” revoked`).waitFor();
    expect(await api.statusOf('/v1/clients', key)).toBe(401);
  });
});
