import { pageId } from '../../api/page-id';
import { isApiError } from '../../api/problems';

/** What support needs to find a failure, as one text to copy. No names and no amounts: it may end up in a ticket. */
export function failureDetails(error: unknown): string {
  const { name, message, stack } =
    error instanceof Error ? error : { name: 'Error', message: String(error), stack: '' };
  const lines = [
    `${name}: ${message}`,
    isApiError(error) ? `Request ID: ${error.requestId ?? 'none'}, HTTP ${error.status}` : null,
    `Page: ${location.pathname}`,
    `Build: ${pageId}`,
    `Time: ${new Date().toISOString()}`,
    `Browser: ${navigator.userAgent} (${navigator.language})`,
    stack ? `\n${stack}` : null,
  ];
  return lines.filter((line) => line !== null).join('\n');
}

/** A part of the page that could not be fetched, as the browsers say it. */
export function isLoadFailure(error: unknown): boolean {
  return (
    error instanceof Error && /dynamically imported module|module script|Importing|preload CSS/i.test(error.message)
  );
}
