import { until } from '../../../support/run/lowwater.js';
import { billingOf, newClient, newProfile } from '../../support/clients.js';
import { journey } from '../../support/journey.js';
import { mailsTo, mailTo } from '../../support/emails.js';

describe('mails', () => {
  journey('a mail that the server refused for good: I see what it said, and send it again', async (scene) => {
    const { page, open, api, mail } = scene;
    const profile = await newProfile();
    mail.setMode('refuse-permanent');
    const client = await newClient({ openingBalance: '10.00', profileId: profile.id });
    const failed = `/v1/notifications?clientId=${client.id}&status=failed`;
    await until('the mail is refused', async () => (await api.list(failed)).length > 0);
    mail.setMode('accept');
    expect(mailsTo(billingOf(client))).toBe(0);

    await open(`/notifications?kind=all&q=${encodeURIComponent(client.name)}`);
    const row = page.getByRole('row', { name: new RegExp(client.name) });
    await row.getByRole('note').focus();
    await page.getByRole('tooltip', { name: /Rejected by the server/ }).waitFor();
    // The chips say how many the list has: those of the reason are the same row.
    await page.getByRole('group', { name: 'Failure' }).getByText('Rejected by the server 1').click();
    await page.getByText('Rows 1 – 1 of 1').waitFor();
    await row.getByRole('link', { name: /^Low balance/ }).click();
    const shown = page.getByRole('dialog', { name: 'Notification' });
    await shown.getByText(/^The mail server did not accept it\./).waitFor();
    await shown.getByRole('tab', { name: /^Attempts/ }).click();
    await shown.getByRole('row', { name: /550/ }).first().waitFor();

    await shown.getByRole('button', { name: 'Resend' }).click();
    const asking = page.getByRole('dialog', { name: 'Resend this notification?' });
    await asking.getByText(/Uses the same Message-ID/).waitFor();
    await asking.getByLabel('Reason').fill('their server is well again');
    await asking.getByRole('button', { name: 'Resend' }).click();
    const arrived = await mailTo(billingOf(client));
    expect(arrived.subject).toContain('10.00');
    await shown.getByText(/^The mail server accepted it at/).waitFor();
  });
});
