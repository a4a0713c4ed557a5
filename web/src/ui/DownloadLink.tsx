import { Button } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import type { ReactNode } from 'react';

interface DownloadLinkProps {
  readonly href: string;
  readonly children: ReactNode;
}

/** A small button that saves a file. */
export function DownloadLink({ href, children }: DownloadLinkProps): ReactNode {
  return (
    <Button
      component="a"
      href={href}
      download
      variant="default"
      size="xs"
      leftSection={<IconDownload size={16} aria-hidden />}
    >
      {children}
    </Button>
  );
}
