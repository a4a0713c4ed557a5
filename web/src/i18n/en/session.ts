import type { Dictionary } from '../text';

export const session = {
  'session.title': 'Log in',
  'session.lead': 'Low balance monitoring for your clients',
  'session.email': 'Email',
  'session.password': 'Password',
  'session.logIn': 'Log in',
  'session.throttled': 'Too many attempts. Try again in {wait}.',
  'session.tryNow': 'You can try again now.',
  'session.lost': 'Forgot your password?',
  'session.firstStart': 'On the first start, find the login in the terminal.',
  'session.ended': 'Log in to continue.',
  'session.noRight': "Your role ({role}) can't do this.",
  'session.role.viewer': 'Viewer',
  'session.role.operator': 'Billing operator',
  'session.role.reseller_manager': 'Reseller manager',
  'session.role.credit_controller': 'Credit controller',
  'session.role.integrator': 'Integrator',
  'session.role.sre': 'SRE',
  'session.role.admin': 'Administrator',
  'session.showPassword': 'Show password',
} as const satisfies Dictionary;
