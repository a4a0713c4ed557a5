/** Names a login in the counts of failed logins: a user of the same name has another count. */
export function panelAccount(login: string): string {
  return `panel ${login.trim().toLowerCase()}`;
}
