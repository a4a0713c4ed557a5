import type { Dictionary } from '../text';

export const session = {
  'session.title': 'Log in',
  'session.lead': 'Watches balances, warns the right people before money runs out.',
  'session.email': 'E-mail',
  'session.password': 'Password',
  'session.logIn': 'Log in',
  'session.failed': 'E-mail or password is wrong.',
  'session.throttled': 'Too many failed logins. Try again in {wait}.',
  'session.tryNow': 'You can try again now.',
  'session.lost': 'Lost the password? An administrator can set a new one.',
  'session.firstStart': 'On a first start the login is printed in the terminal.',
  'session.ended': 'Log in to go on to the page that you asked for.',
  'session.noRight': 'Your role ({role}) may not do this.',
  'session.role.viewer': 'Viewer',
  'session.role.operator': 'Operator',
  'session.role.reseller_manager': 'Reseller manager',
  'session.role.credit_controller': 'Credit controller',
  'session.role.integrator': 'Integrator',
  'session.role.sre': 'SRE',
  'session.role.admin': 'Administrator',
  'session.showPassword': 'Show the password',
} as const satisfies Dictionary;
