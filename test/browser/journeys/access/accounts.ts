import type { Page } from 'playwright-core';
import { Secret, TOTP } from 'otpauth';
import { until } from '../../../support/run/lowwater.js';
import { openPage, journey } from '../../support/journey.js';
import { stage } from '../../support/stage.js';

const password = 'violet tractor lamp 9';

/** The link in the newest email that came to an address after the first `known`. */
async function linkTo(address: string, known = 0): Promise<string> {
  const links = (): string[] =>
    stage()
      .mail.messages.filter(({ to }) => to.includes(address))
      .flatMap(({ text }) => /https?:\/\/\S+\/set-password#\S+/.exec(text) ?? []);
  await until(`a link to ${address}`, () => links().length > known);
  return links().at(-1) ?? '';
}

async function logIn(page: Page, email: string, word = password): Promise<void> {
  await page.goto(`${stage().ready.api}/login`);
  await page.getByLabel('Email').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(word);
  await page.getByRole('button', { name: 'Log in' }).click();
}

/** The page behind the login; a login page has a heading, too. */
const arrived = (page: Page): Promise<void> => page.getByRole('button', { name: /^Profile menu of/ }).waitFor();

async function logOut(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^Profile menu of/ }).click();
  await page.getByRole('menuitem', { name: 'Log out' }).click();
  await page.getByRole('heading', { name: 'Log in' }).waitFor();
}

async function setPassword(page: Page, link: string, word = password): Promise<void> {
  await page.goto(link);
  await page.getByLabel('New password', { exact: true }).fill(word);
  await page.getByRole('button', { name: 'Set password' }).click();
  await page.getByText('Password set. You can now log in.').waitFor();
}

/** A user with a login, without the page. */
async function invited(name: string, role = 'viewer'): Promise<string> {
  const email = `${name.toLowerCase()}@company-name.example`;
  await stage().api.post('/v1/users', { name, email, role, sendInvitation: true });
  return email;
}

/** The code that comes after the one that was used last. */
async function nextCode(secret: string, used: string | null): Promise<string> {
  const code = (): string => TOTP.generate({ secret: Secret.fromBase32(secret) });
  await until('a new code', () => code() !== used);
  return code();
}

describe('accounts', () => {
  journey('I invite a colleague, who sets a password and logs in', async ({ open, page, another }) => {
    await open('/settings');
    await page.getByRole('button', { name: 'Create user' }).first().click();
    const drawer = page.getByRole('dialog', { name: 'Create user' });
    await drawer.getByRole('textbox', { name: 'Name' }).fill('Ivan Invited');
    await drawer.getByRole('textbox', { name: 'Email' }).fill('ivan@company-name.example');
    await drawer.getByRole('button', { name: 'Create user' }).click();
    await page.getByText('Ivan Invited invited. The link in the email sets the password.').waitFor();
    await page
      .getByRole('row', { name: /Ivan Invited/ })
      .getByText('Invited', { exact: true })
      .waitFor();

    const first = await linkTo('ivan@company-name.example');
    await page
      .getByRole('row', { name: /Ivan Invited/ })
      .getByText('ivan@company-name.example')
      .click();
    await page.getByRole('button', { name: 'Resend invitation' }).click();
    const second = await linkTo('ivan@company-name.example', 1);

    const theirs = await another({ as: null });
    await theirs.goto(first);
    await theirs.getByRole('alert').getByText("This link doesn't work.").waitFor();
    await theirs.goto('about:blank');
    await setPassword(theirs, second);
    await theirs.getByRole('link', { name: 'Log in' }).click();
    await logIn(theirs, 'ivan@company-name.example');
    await arrived(theirs);

    await page.reload();
    await page
      .getByRole('row', { name: /Ivan Invited/ })
      .getByText('Can log in')
      .waitFor();
  });

  journey(
    'I forgot my password, and get back in by email',
    async ({ page, ready, mail }) => {
      const email = await invited('Frida');
      await setPassword(page, await linkTo(email));

      await page.goto(`${ready.api}/login`);
      await page.getByRole('link', { name: 'Forgot your password?' }).click();
      await page.getByLabel('Email').fill(email);
      await page.getByRole('button', { name: 'Send link' }).click();
      await page.getByText(`If ${email} can log in, a link is on its way.`).waitFor();

      const link = await linkTo(email, 1);
      await page.goto('about:blank');
      await setPassword(page, link, 'green lorry lamp 2026');
      await logIn(page, email, 'green lorry lamp 2026');
      await arrived(page);
      const isNotice = (subject: string): boolean => subject === 'Your Lowwater password was changed';
      await until('a notice', () => mail.messages.some(({ to, subject }) => to.includes(email) && isNotice(subject)));

      await page.goto('about:blank');
      await page.goto(link);
      await page.getByRole('alert').getByText('This link was already used.').waitFor();
    },
    { as: null },
  );

  journey(
    'I turn two-step login on, and log in with a code, then with a recovery code',
    async ({ page }) => {
      const email = await invited('Tova');
      await setPassword(page, await linkTo(email));
      await logIn(page, email);
      await arrived(page);

      await openPage(page, '/me');
      await page.getByRole('button', { name: 'Set up app' }).click();
      const dialog = page.getByRole('dialog', { name: 'Set up two-step login' });
      await dialog.getByLabel('Password', { exact: true }).fill(password);
      await dialog.getByRole('button', { name: 'Continue' }).click();
      await dialog.getByRole('img', { name: 'QR code for the authenticator app' }).waitFor();
      const secret = (await dialog.locator('code').innerText()).replaceAll(' ', '');
      const first = await nextCode(secret, null);
      await dialog.getByRole('textbox', { name: 'Code', exact: true }).fill(first);
      await dialog.getByRole('button', { name: 'Confirm code' }).click();
      const codes = (await dialog.getByRole('region', { name: 'Recovery codes' }).innerText()).trim().split('\n');
      await dialog.getByRole('button', { name: 'I have saved them' }).click();
      await page.getByText('10 recovery codes left').waitFor();

      await logOut(page);
      await logIn(page, email);
      await page.getByRole('textbox', { name: 'Code', exact: true }).fill('000000');
      await page.getByRole('button', { name: 'Log in' }).click();
      await page.getByText('Wrong code. Each code works once: wait for the next one.').waitFor();
      await page.getByRole('textbox', { name: 'Code', exact: true }).fill(await nextCode(secret, first));
      await page.getByRole('button', { name: 'Log in' }).click();
      await arrived(page);

      await logOut(page);
      await logIn(page, email);
      await page.getByRole('textbox', { name: 'Code', exact: true }).fill(codes[0] ?? '');
      await page.getByRole('button', { name: 'Log in' }).click();
      await arrived(page);
      await openPage(page, '/me');
      await page.getByText('9 recovery codes left').waitFor();
    },
    { as: null },
  );

  journey('I require two-step login for a role, and its next login sets it up', async ({ open, page, another }) => {
    const email = await invited('Ines', 'integrator');
    await open('/settings?tab=login');
    await page.getByRole('checkbox', { name: 'Integrator' }).check();
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Login settings saved').waitFor();

    const theirs = await another({ as: null });
    await setPassword(theirs, await linkTo(email));
    await logIn(theirs, email);
    await theirs.getByText('Your role requires an authenticator app. Set it up to continue.').waitFor();
    const secret = (await theirs.locator('code').innerText()).replaceAll(' ', '');
    await theirs.getByRole('textbox', { name: 'Code', exact: true }).fill(await nextCode(secret, null));
    await theirs.getByRole('button', { name: 'Confirm code' }).click();
    await theirs.getByRole('button', { name: 'I have saved them' }).click();
    await arrived(theirs);
    await openPage(theirs, '/me');
    await theirs.getByRole('button', { name: 'Turn off' }).focus();
    await theirs.getByText('Your role requires two-step login. You can replace the app.').waitFor();

    await page.getByRole('checkbox', { name: 'Integrator' }).uncheck();
    await page.getByRole('button', { name: 'Save' }).click();
    await open('/settings');
    await page.getByRole('row', { name: /Ines/ }).getByText('Two-step login').waitFor();
    await page.getByRole('row', { name: /Ines/ }).getByText(email).click();
    await page.getByRole('button', { name: 'Reset two-step login' }).click();
    const confirm = page.getByRole('dialog', { name: 'Reset two-step login of Ines?' });
    await confirm.getByRole('button', { name: 'Reset two-step login' }).click();
    await page.getByText('Two-step login reset for Ines').waitFor();
    await theirs.reload();
    await theirs.getByRole('heading', { name: 'Log in' }).waitFor();
  });
});
