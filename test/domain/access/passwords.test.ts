import { passwordFault } from '../../../src/domain/passwords.js';

const email = 'anna.example@operator.example';

describe('a password', () => {
  test.each([
    'correct horse battery staple',
    'k3vh-8wqm-t2xd-5pzr',
    'Пароль для Анни 1',
    'violet tractor lamp 9',
    'my-password-is-a-mystery',
    'x'.repeat(251) + 'abcde',
  ])('%s will do', (password) => expect(passwordFault(password, email)).toBeNull());

  test.each([
    ['elevenchars', /at least 12/],
    ['🔒🔑🔒🔑🔒🔑', /at least 12/],
    ['x'.repeat(252) + 'abcde', /at most 256/],
    ['aaaaaaaaaaaa', /different/],
    ['121212121212', /different/],
    [email, /e-mail/],
    ['Anna.Example', /e-mail/],
    ['1234567890123', /tried first/],
    ['0987654321098', /tried first/],
    ['abcdefghijklm', /tried first/],
    ['Qwertyuiop123', /tried first/],
    ['1qaz2wsx3edc', /tried first/],
    ['password12345', /tried first/],
    ['P@ssw0rd2026!', /tried first/],
    ['adminadmin!!1', /tried first/],
    ['Lowwater-2026', /tried first/],
  ])('%s will not', (password, why) => expect(passwordFault(password, email)).toMatch(why));
});
