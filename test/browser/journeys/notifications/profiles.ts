import { newClient, newProfile } from '../../support/clients.js';
import { journey, openPage } from '../../support/journey.js';

describe('profiles', () => {
  journey('before I save I see whom a higher threshold would mail', async ({ page, open }) => {
    const profile = await newProfile({ trigger: 'period' });
    const client = await newClient({ openingBalance: '60.00', profileId: profile.id });
    await open(`/profiles/${profile.id}`);
    const effect = page.getByRole('region', { name: 'Impact on clients' });
    await effect.getByText('1 client uses this profile.').waitFor();
    await page.getByRole('group', { name: 'Client notification' }).getByLabel('Threshold').fill('75');
    await effect.getByText('Newly notified').waitFor();
    await effect.getByText(client.name).waitFor();
  });

  journey('a colleague has changed it meanwhile: I see three columns and choose', async ({ page, open, api }) => {
    const profile = await newProfile();
    await open(`/profiles/${profile.id}`);
    const threshold = page.getByRole('group', { name: 'Client notification' }).getByLabel('Threshold');
    await threshold.fill('40');
    await page.getByLabel('Max qty').fill('5');
    await api.patch(`/v1/profiles/${profile.id}`, { clientRule: { threshold: '45.00' }, periodHours: 12 });
    await page.getByRole('button', { name: 'Save', exact: true }).click();

    const conflict = page.getByRole('dialog', { name: 'Someone else changed this' });
    for (const column of ['Field', 'Original', 'Your version', 'Their version']) {
      await conflict.getByRole('columnheader', { name: column }).waitFor();
    }
    await conflict.getByText(/^Changed by first key/).waitFor();
    await conflict.getByRole('radio', { name: /Threshold.*use theirs/i }).check();
    await conflict.getByRole('button', { name: 'Save merged version' }).click();
    await page.getByText(`${profile.name} saved`).waitFor();
    expect(await api.get(`/v1/profiles/${profile.id}`)).toMatchObject({
      ...{ maxNotifications: 5, periodHours: 12, clientRule: { threshold: '45.00' } },
    });
  });

  journey('I leave a form that is not saved only when I say so', async ({ page, open }) => {
    await open('/profiles/new');
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Half done');
    await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Clients' }).click();
    const asking = page.getByRole('dialog', { name: 'Leave without saving?' });
    await asking.getByRole('button', { name: 'Stay' }).click();
    expect(await page.getByRole('textbox', { name: 'Name', exact: true }).inputValue()).toBe('Half done');
    await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Clients' }).click();
    await asking.getByRole('button', { name: 'Leave without saving' }).click();
    await page.getByRole('heading', { level: 1, name: 'Clients' }).waitFor();
  });

  journey(
    'a viewer reads a profile and cannot change it',
    async ({ page, another }) => {
      const profile = await newProfile();
      await openPage(page, `/profiles/${profile.id}`);
      expect(await page.getByRole('textbox', { name: 'Name', exact: true }).isDisabled()).toBe(true);
      const save = page.getByRole('button', { name: 'Save', exact: true });
      expect(await save.isDisabled()).toBe(true);
      expect(await save.getAttribute('title')).toBe("Your role (Viewer) can't do this.");
      const admin = await another();
      await openPage(admin, `/profiles/${profile.id}`);
      expect(await admin.getByRole('button', { name: 'Save', exact: true }).isDisabled()).toBe(false);
    },
    { as: 'viewer' },
  );
});
