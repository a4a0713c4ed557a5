import { newClient, newName } from '../../support/clients.js';
import { journey } from '../../support/journey.js';
import { violations } from '../../support/looks.js';

describe('a job over selected clients', () => {
  journey('runs without the page, shows what was refused and why, and repeats that alone', async (scene) => {
    const { page, api, open } = scene;
    const tag = newName('batch').replace(' ', '-');
    const reseller = await api.post('/v1/resellers', { name: newName('Reseller'), email: 'office@reseller.example' });
    const profile = await api.post('/v1/profiles', {
      name: newName('Theirs'),
      currency: 'USD',
      resellerId: reseller.id,
      clientRule: { threshold: '50.00', notifyClient: true },
    });
    const theirs = { resellerId: reseller.id, tags: [tag] };
    await newClient(theirs);
    await newClient(theirs);
    const ours = await newClient({ tags: [tag] });

    await open(`/clients?tags=${tag}`);
    await page.getByRole('checkbox', { name: 'Select all rows on this page' }).check();
    await page.getByRole('region', { name: 'Bulk actions' }).getByRole('button', { name: 'Assign profile' }).click();
    const asking = page.getByRole('dialog', { name: 'Assign profile: 3 clients' });
    await asking.getByRole('combobox', { name: 'Profile' }).fill(profile.name);
    await page.getByRole('option', { name: profile.name }).click();
    await asking.getByRole('button', { name: 'Start job' }).click();
    await asking.waitFor({ state: 'detached' });

    // Announced wherever the user goes.
    await page.getByText('Assign profile: finished').waitFor();
    await page.getByRole('navigation').getByRole('link', { name: 'Jobs' }).click();
    await page.getByRole('link', { name: 'Assign profile' }).first().click();
    await page.getByRole('heading', { level: 1, name: 'Assign profile' }).waitFor();
    await page.getByText('2 done · 1 refused').first().waitFor();
    await page.getByRole('link', { name: ours.name }).waitFor();
    await page.getByText(`must belong to the profile's reseller`).waitFor();

    await api.patch(`/v1/clients/${ours.id}`, { resellerId: reseller.id, reason: 'moved to the reseller' });
    await page.getByRole('button', { name: 'Retry 1 client' }).click();
    await page.getByText('3 done', { exact: true }).first().waitFor();
    expect(await api.get(`/v1/clients/${ours.id}`)).toMatchObject({ profileId: profile.id });

    // Mass edit of the last invoice date, while someone else changes one of the clients.
    await open(`/clients?tags=${tag}`);
    await page.getByRole('checkbox', { name: 'Select all rows on this page' }).check();
    await page.getByRole('region', { name: 'Bulk actions' }).getByRole('button', { name: 'More actions' }).click();
    await page.getByRole('menuitem', { name: 'Set last invoiced' }).click();
    const editing = page.getByRole('dialog', { name: 'Set last invoiced: 3 clients' });
    await editing.getByLabel('Last invoiced').fill('2026-01-31');
    await editing.getByText('Changes 3 clients.').waitFor();
    await editing.getByRole('row', { name: `${ours.name} None Jan 31, 2026` }).waitFor();
    expect(await violations(page)).toEqual([]);
    await api.patch(`/v1/clients/${ours.id}`, { taxId: '42' });
    await editing.getByRole('textbox', { name: 'Reason' }).fill('invoiced by the old system');
    await editing.getByRole('button', { name: 'Start job' }).click();
    await page.getByText('Set last invoiced: finished').waitFor();
    await page.getByRole('navigation').getByRole('link', { name: 'Jobs' }).click();
    await page.getByRole('link', { name: 'Set last invoiced' }).first().click();
    await page.getByText('2 done · 1 conflict').first().waitFor();
    await page.getByRole('button', { name: 'Retry 1 client' }).click();
    const looking = page.getByRole('dialog', { name: 'Retry 1 client?' });
    await looking.getByRole('row', { name: `${ours.name} None Jan 31, 2026` }).waitFor();
    await looking.getByRole('button', { name: 'Retry' }).click();
    await page.getByText('3 done', { exact: true }).first().waitFor();
  });
});
