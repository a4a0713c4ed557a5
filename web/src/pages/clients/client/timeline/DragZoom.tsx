import { useState, type PointerEvent, type ReactNode } from 'react';
import type { Stretch } from './use-window';
import classes from './timeline.module.css';

interface DragZoomProps {
  readonly from: number;
  readonly to: number;
  /** what the axis takes at the left, and the margin at the right, in pixels */
  readonly left: number;
  readonly right: number;
  readonly onZoom: (stretch: Stretch) => void;
  readonly children: ReactNode;
}

/** A drag that is shorter is a click that slipped. */
const minPixels = 8;

/** Drag with the mouse over the chart to zoom; a finger scrolls the page, and has the buttons. */
export function DragZoom({ from, to, left, right, onZoom, children }: DragZoomProps) {
  const [drag, setDrag] = useState<{ readonly start: number; readonly end: number; readonly width: number } | null>(
    null,
  );
  const placeOf = (event: PointerEvent<HTMLDivElement>): { x: number; width: number } => {
    const box = event.currentTarget.getBoundingClientRect();
    return { x: Math.min(box.width - right, Math.max(left, event.clientX - box.left)), width: box.width };
  };
  const instantAt = (x: number, width: number): number => from + ((x - left) / (width - left - right)) * (to - from);
  const finish = (): void => {
    setDrag(null);
    if (!drag || Math.abs(drag.end - drag.start) < minPixels) return;
    const ends = [drag.start, drag.end].sort((a, b) => a - b).map((x) => instantAt(x, drag.width));
    onZoom({ from: ends[0] ?? from, to: ends[1] ?? to });
  };
  return (
    <div
      className={classes['drag']}
      data-dragging={drag !== null || undefined}
      onPointerDown={(event) => {
        const isMark = event.target instanceof Element && event.target.closest(`.${classes['marker']}`) !== null;
        if (event.pointerType !== 'mouse' || event.button !== 0 || isMark) return;
        const { x, width } = placeOf(event);
        event.currentTarget.setPointerCapture(event.pointerId);
        setDrag({ start: x, end: x, width });
      }}
      onPointerMove={(event) => {
        if (drag) setDrag({ ...drag, end: placeOf(event).x });
      }}
      onPointerUp={finish}
      onPointerCancel={() => setDrag(null)}
    >
      {children}
      {drag !== null && (
        <div
          className={classes['selection']}
          style={{ left: Math.min(drag.start, drag.end), width: Math.abs(drag.end - drag.start) }}
        />
      )}
    </div>
  );
}
