import { passwordError } from '../../../src/services/access/password-error.js';
import { generatePassword } from '../../../src/storage/access/passwords.js';

const owner = { email: 'anna.example@operator.example', name: 'Anna Kowalska' };

describe('a password', () => {
  test.each([
    'correct horse battery staple',
    'k3vh-8wqm-t2xd-5pzr',
    'Пароль для Анни 1',
    'violet tractor lamp 9',
    'my-password-is-a-mystery',
    'violet tractor lamp 9 '.repeat(11),
  ])('%s will do', async (password) => expect(await passwordError(password, owner)).toBeNull());

  test('that Lowwater makes will do', async () => {
    for (let made = 0; made < 20; made++) expect(await passwordError(generatePassword(), owner)).toBeNull();
  });

  test.each([
    ['elevenchars', /^must have at least 12 characters$/],
    ['🔒🔑🔒🔑🔒🔑', /at least 12/],
    ['x'.repeat(252) + 'abcde', /up to 256/],
    ['aaaaaaaaaaaa', /repeats a character/],
    ['x'.repeat(251) + 'abcde', /repeats a character/],
    ['121212121212', /repeats a few characters/],
    [owner.email, /name or email address/],
    [owner.email.toUpperCase(), /name or email address/],
    [`my ${owner.email}`, /name or email address/],
    ['Anna.Example', /name or email address/],
    ['Kowalska2026', /name or email address/],
    ['Lowwater-2026', /the name Lowwater/],
    ['1234567890123', /common password/],
    ['0987654321098', /common password/],
    ['abcdefghijklm', /a sequence/],
    ['Qwertyuiop123', /common password/],
    ['1qaz2wsx3edc', /common password/],
    ['password12345', /common password/],
    ['P@ssw0rd2026!', /common password/],
    ['adminadmin!!1', /repeats a few characters/],
    ['michaeljennifer', /common password/],
  ])('%s will not', async (password, why) => expect(await passwordError(password, owner)).toMatch(why));

  test('that is refused comes with what to do instead', async () => {
    expect(await passwordError('password12345', owner)).toBe(
      'is easy to guess, it is close to a common password: ' +
        'use at least four unrelated words, or a generated password',
    );
  });

  test('that holds the name of somebody else will do', async () => {
    expect(await passwordError('Kowalska lorry 2026', { email: 'b@c.example', name: 'B' })).toBeNull();
  });
});
