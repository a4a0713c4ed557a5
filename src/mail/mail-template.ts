/** The three parts of a template, in template language. Of `html` and `text` one may be empty: it follows the other. */
export interface MailTemplate {
  readonly subject: string;
  readonly html: string;
  readonly text: string;
}
