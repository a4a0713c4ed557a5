import { Group, SegmentedControl, Text } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { t } from '../../i18n/t';
import classes from './EmailFrame.module.css';

/**
 * Nothing of an email runs, leads away or is fetched: no script, no link, no picture from elsewhere. The policy comes
 * before the email's own document, whose root and head the browser puts into these.
 */
const policy =
  '<!doctype html><meta http-equiv="Content-Security-Policy" content="default-src \'none\'; style-src \'unsafe-inline\'; img-src data:">';

/** The reader's own scheme decides in a mail program; here it is chosen, so what the email asks for it is answered. */
function inScheme(html: string, scheme: string): string {
  return html.replace(/\(\s*prefers-color-scheme\s*:\s*(light|dark)\s*\)/gi, (_, asked: string) =>
    asked.toLowerCase() === scheme ? '(min-width: 0)' : '(max-width: 0)',
  );
}

const widths = ['desktop', 'phone'] as const;
const schemes = ['light', 'dark'] as const;

interface EmailFrameProps {
  readonly html: string;
  readonly title: string;
}

/** An email as a mail program shows it, in a frame that may do nothing. */
export function EmailFrame({ html, title }: EmailFrameProps): ReactNode {
  const [width, setWidth] = useState<(typeof widths)[number]>('desktop');
  const [scheme, setScheme] = useState<(typeof schemes)[number]>('light');
  return (
    <>
      <Group justify="space-between" gap="xs" mb="xs">
        <Text size="xs" c="dimmed">
          {t('notifications.frame.safe')}
        </Text>
        <Group gap="xs">
          <SegmentedControl
            size="xs"
            aria-label={t('notifications.frame.width')}
            data={widths.map((value) => ({ value, label: t(`notifications.frame.${value}`) }))}
            value={width}
            onChange={setWidth}
          />
          <SegmentedControl
            size="xs"
            aria-label={t('notifications.frame.scheme')}
            data={schemes.map((value) => ({ value, label: t(`notifications.frame.${value}`) }))}
            value={scheme}
            onChange={setScheme}
          />
        </Group>
      </Group>
      <div className={classes['stage']}>
        <iframe
          title={t('notifications.frame.title', { subject: title })}
          sandbox=""
          srcDoc={policy + inScheme(html, scheme)}
          className={classes['frame']}
          data-width={width}
          style={{ colorScheme: scheme }}
        />
      </div>
    </>
  );
}
