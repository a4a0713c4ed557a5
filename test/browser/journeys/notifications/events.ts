import { until } from '../../../support/run/lowwater.js';
import { newClient, newName, newProfile } from '../../support/clients.js';
import { journey } from '../../support/journey.js';
import { rejectPayment } from '../../support/payments.js';

describe('events', () => {
  journey('payments are rejected: I see how many are open, and resolve them by their cause', async (scene) => {
    const { page, open, api } = scene;
    const mark = newName('gateway').replace(' ', '-');
    await open('/');
    const link = page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: /^Events/ });
    const openNow = async (): Promise<number> => {
      const [count] = await link.getByText(/^\d+ open event/).allTextContents();
      return Number.parseInt(count ?? '0', 10);
    };
    const before = (await api.get<{ total: number }>('/v1/event-groups')).total;
    for (const id of ['a', 'b', 'c']) await rejectPayment(`${mark}-${id}`);
    await rejectPayment(`${mark}-a`);
    await until('the navigation counts them', async () => (await openNow()) === before + 3);

    await link.click();
    await page.getByRole('searchbox', { name: 'Search' }).fill(mark);
    await page.waitForURL(/[?&]q=/);
    const causes = page.getByRole('region', { name: 'By cause' });
    const cause = causes.getByRole('listitem').filter({ hasText: '3 payments rejected: unknown client' });
    await cause.getByText('4 occurrences').waitFor();
    await page.getByRole('row', { name: new RegExp(`${mark}-a of .*12\\.50`) }).waitFor();

    await cause.getByRole('button', { name: 'Resolve' }).click();
    const asking = page.getByRole('dialog', { name: 'Resolve 3 events?' });
    await asking.getByLabel('Reason').fill('tests of the new gateway');
    await asking.getByRole('button', { name: 'Resolve 3 events' }).click();
    await page.getByText('3 events resolved').waitFor();
    await page.getByRole('heading', { name: 'No matches' }).waitFor();
    await until('the navigation counts the others', async () => (await openNow()) === before);

    await page.getByRole('button', { name: 'Remove filter Status' }).click();
    await page.getByRole('link', { name: new RegExp(`${mark}-a`) }).click();
    const shown = page.getByRole('dialog', { name: 'Event' });
    await shown.getByText('tests of the new gateway').waitFor();
    await shown.getByRole('link', { name: 'Audit log of this event' }).click();
    await page.getByRole('row', { name: /Event resolved.*tests of the new gateway/ }).waitFor();
  });

  journey('a missing exchange rate: the event leads me to the form, and ends with the rate', async (scene) => {
    const { page, open, api } = scene;
    const profile = await newProfile({ currency: 'DKK' });
    const client = await newClient({ currency: 'ISK', profileId: profile.id });
    await until('the event is there', async () => (await api.list('/v1/events?subjectId=ISK/DKK')).length > 0);

    await open('/events?kind=rate.missing&q=ISK');
    await page.getByRole('link', { name: 'No exchange rate from ISK to DKK' }).click();
    const shown = page.getByRole('dialog', { name: 'Event' });
    await shown.getByText(/Clients billed in ISK have a profile in DKK/).waitFor();
    await shown.getByRole('link', { name: 'Add rate' }).click();
    const form = page.getByRole('dialog', { name: 'Add rate' });
    await form.getByRole('textbox', { name: /ISK/ }).last().fill('0.05');
    await form.getByRole('button', { name: 'Add rate' }).click();
    await until('the event is resolved', async () => (await api.list('/v1/events?subjectId=ISK/DKK')).length === 0);
    expect((await api.list(`/v1/clients?q=${encodeURIComponent(client.name)}`)).length).toBe(1);
  });

  journey(
    'with a viewer’s login I read events, and am offered nothing to resolve',
    async ({ page, open }) => {
      await rejectPayment(newName('viewed').replace(' ', '-'));
      await open('/events');
      await page.getByRole('region', { name: 'By cause' }).waitFor();
      await page.getByRole('row').nth(1).waitFor();
      expect(await page.getByRole('button', { name: 'Resolve' }).count()).toBe(0);
      expect(await page.getByRole('checkbox', { name: /^Select/ }).count()).toBe(0);
    },
    { as: 'viewer' },
  );
});
