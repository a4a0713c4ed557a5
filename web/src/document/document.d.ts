/** What the script of the document leaves to the page (document.js). */
interface Window {
  readonly lowwater?: {
    /** answers on their way, by their address; who takes one removes it */
    readonly reads: Record<string, Promise<Response> | undefined>;
    /** says that the page did not start */
    readonly fail: (detail: unknown) => void;
  };
}
