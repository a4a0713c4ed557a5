/** What can be wrong with logins at an OpenID Connect provider, as part of `problemSpecs`. */
export const openIdProblems = {
  login_not_allowed: {
    status: 403,
    title: 'Login not allowed',
    remedy: 'Ask an administrator for a user, or for a group that gives a role. See docs/single-sign-on.md.',
  },
  password_login_off: {
    status: 403,
    title: 'Login with a password is off',
    remedy: 'Log in with POST /v1/session/openid. The setting PASSWORD_LOGIN allows passwords.',
  },
  openid_refused: {
    status: 401,
    title: 'Login ended at the provider',
    remedy: 'Begin again with POST /v1/session/openid.',
  },
  openid_invalid: {
    status: 401,
    title: 'Login could not be verified',
    remedy: 'Begin again with POST /v1/session/openid, in the same browser, within 10 minutes.',
  },
  openid_unavailable: {
    status: 502,
    title: 'OpenID Connect provider failed',
    remedy: 'Retry, or check the settings OIDC_*. Nothing was changed.',
  },
} as const;
