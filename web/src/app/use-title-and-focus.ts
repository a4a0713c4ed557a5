import { useEffect, useRef } from 'react';
import { useLocation } from 'react-router';

/**
 * The title of the document follows the heading of the page, and after a navigation the heading takes the focus, so that a
 * screen reader says where one is. A page needs nothing for it but its one `h1` (ui/PageHeader).
 */
export function useTitleAndFocus(): void {
  const { pathname } = useLocation();
  const first = useRef(true);
  useEffect(() => {
    const main = document.getElementById('main');
    if (!main) return undefined;
    // The first page was opened, not navigated to: the browser has put the focus where it belongs.
    let wantsFocus = !first.current;
    first.current = false;
    const follow = (): void => {
      const heading = main.querySelector('h1');
      const text = heading?.textContent?.trim();
      if (!heading || !text) return;
      const title = `${text} · Lowwater`;
      if (document.title !== title) document.title = title;
      if (!wantsFocus) return;
      wantsFocus = false;
      heading.tabIndex = -1;
      heading.focus({ preventScroll: true });
      window.scrollTo(0, 0);
    };
    follow();
    const observer = new MutationObserver(follow);
    observer.observe(main, { childList: true, subtree: true, characterData: true });
    return () => observer.disconnect();
  }, [pathname]);
}
