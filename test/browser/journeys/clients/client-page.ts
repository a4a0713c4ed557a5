import type { Locator, Page } from 'playwright-core';
import { charge, newClient, newProfile } from '../../support/clients.js';
import { journey } from '../../support/journey.js';

/** What is seen without scrolling. */
async function isAboveFold(page: Page, part: Locator): Promise<boolean> {
  const box = await part.boundingBox();
  const height = page.viewportSize()?.height ?? 0;
  return box !== null && box.y >= 0 && box.y + box.height <= height;
}

const desk = { viewport: { width: 1440, height: 900 } };

describe('the page of a client', () => {
  journey(
    'I find why a client was not notified: search, open, and read, without scrolling',
    async ({ page, open }) => {
      const profile = await newProfile({
        userRule: { threshold: '100.00', notifyOwner: true },
        advancedRules: [{ key: 'idle', threshold: null, notifyClient: true }],
      });
      const client = await newClient({ openingBalance: '60.00', profileId: profile.id, billingEmail: null });
      await charge(client, '30.00');

      await open('/clients');
      await page.getByRole('searchbox', { name: 'Search' }).fill(client.name);
      await page.getByRole('link', { name: client.name }).first().click();
      await page.getByText(/20\.00.* below the .*50\.00.* client notification threshold/).waitFor();
      const sentence = page.getByText(/no recipients, so no notification is sent/);
      await sentence.waitFor();

      const row = page.getByRole('row', { name: /^Client notification/ });
      await row.getByText('Low, but the rule has no email address or channel to notify.').waitFor();
      await row.getByText('When it has a recipient').waitFor();
      const available = page.getByRole('row', { name: /^=?Available/ }).getByText('30.00');
      for (const part of [sentence, row, available]) expect(await isAboveFold(page, part)).toBe(true);
      // What answers nothing is folded.
      await page.getByRole('button', { name: '1 rule is off' }).waitFor();
      expect(await page.getByText(/^monitor\//).count()).toBe(0);
      await page.getByRole('button', { name: /^Monitor details/ }).click();
      await page.getByText(`monitor/${client.id}`).first().waitFor();
    },
    desk,
  );

  journey(
    'I record a payment in three steps, and no request is aborted by what follows',
    async ({ page, open }) => {
      const profile = await newProfile();
      const client = await newClient({ openingBalance: '10.00', profileId: profile.id });
      await open(`/clients/${client.id}`);
      await page.getByText(/1 of 2 notifications sent/).waitFor();
      const aborted: string[] = [];
      page.on('requestfailed', (request) => {
        if (!request.url().includes('/v1/stream')) aborted.push(request.url());
      });

      await page.getByRole('button', { name: 'Record payment' }).click();
      await page.getByRole('dialog', { name: 'Record payment' }).getByLabel('Amount').fill('100');
      await page.keyboard.press('Enter');

      await page.getByText(/^100\.00.USD recorded$/).waitFor();
      await page.getByText(/60\.00.* above the .*50\.00.* client notification threshold/).waitFor();
      const row = page.getByRole('row', { name: /^Client notification/ });
      await row.getByText('0 of 2').waitFor();
      // The last notification stays, with what came between.
      await row.getByText(/^last .*, before payment web-/).waitFor();
      await page.getByText('Above threshold').first().waitFor();
      expect(aborted).toEqual([]);
    },
    desk,
  );

  journey('the ledger has charges per day, which open to their charges; a payment has its card', async (scene) => {
    const { page, open, api } = scene;
    const client = await newClient();
    for (const amount of ['1.25', '2.50']) await charge(client, amount);
    await api.post(`/v1/clients/${client.id}/payments`, { id: `${client.name} p`, amount: '40.00', currency: 'USD' });
    await open(`/clients/${client.id}?tab=ledger`);
    await page.getByRole('row', { name: /2 charges.*3\.75/ }).click();
    const charges = page.getByRole('dialog', { name: /^2 charges, / });
    await charges.getByText('\u22122.50').waitFor();
    await page.keyboard.press('Escape');
    await charges.waitFor({ state: 'detached' });
    await page.getByRole('row', { name: /Payment/ }).click();
    const card = page.getByRole('dialog', { name: /^Payment of 40\.00.USD, / });
    await card.getByText(`${client.name} p`).waitFor();
  });

  journey(
    'the timeline zooms by dragging and with buttons, and its range is in the address',
    async ({ page, open }) => {
      const client = await newClient({ openingBalance: '60.00' });
      await charge(client, '5.00');
      await open(`/clients/${client.id}?range=24h`);
      await page.getByText(/^Data since/).waitFor();
      await page.getByRole('radiogroup', { name: 'Time range' }).getByText('7 d').click();
      await page.waitForURL(/range=7d/);
      const chart = page.getByRole('group', { name: 'Timeline' });
      await chart.scrollIntoViewIfNeeded();
      const box = await chart.boundingBox();
      if (!box) throw new Error('the chart has no place');
      await page.mouse.move(box.x + box.width * 0.4, box.y + 80);
      await page.mouse.down();
      await page.mouse.move(box.x + box.width * 0.7, box.y + 90, { steps: 4 });
      await page.mouse.up();
      await page.waitForURL(/zoom=/);
      const first = new URL(page.url()).searchParams.get('zoom');
      await page.getByRole('button', { name: 'Zoom out' }).click();
      await page.waitForURL((url) => url.searchParams.get('zoom') !== first);
      await page.getByRole('button', { name: 'Reset zoom' }).click();
      await page.waitForURL((url) => !url.searchParams.has('zoom'));
    },
  );

  journey('a client that is not there: its own heading, and a search that finds another', async ({ page, open }) => {
    const client = await newClient();
    await open('/clients/999999');
    await page.getByRole('heading', { level: 1, name: 'Client not found' }).waitFor();
    await page.getByRole('main').getByRole('searchbox').fill(client.name);
    await page.keyboard.press('Enter');
    await page.getByRole('link', { name: client.name }).first().waitFor();
  });
});
