import { ActionIcon, Button, Group, Tooltip } from '@mantine/core';
import { IconChevronLeft, IconChevronRight, IconZoomIn, IconZoomOut, type Icon } from '@tabler/icons-react';
import { serverNow } from '../../../../api/transport';
import { t } from '../../../../i18n/t';
import { moved, type Stretch } from './use-window';

interface ZoomButtonsProps {
  /** what is drawn now */
  readonly shown: Stretch;
  readonly isZoomed: boolean;
  readonly onZoom: (stretch: Stretch | null) => void;
}

const steps = [
  { how: 'earlier', icon: IconChevronLeft },
  { how: 'out', icon: IconZoomOut },
  { how: 'in', icon: IconZoomIn },
  { how: 'later', icon: IconChevronRight },
] as const satisfies readonly { how: string; icon: Icon }[];

/** Zooms without a mouse, which drags over the chart instead. */
export function ZoomButtons({ shown, isZoomed, onZoom }: ZoomButtonsProps) {
  return (
    <Group gap={4}>
      {steps
        .filter(({ how }) => isZoomed || how === 'in')
        .map(({ how, icon: StepIcon }) => (
          <Tooltip key={how} label={t(how === 'in' ? 'client.timeline.zoom.in.hint' : `client.timeline.zoom.${how}`)}>
            <ActionIcon
              variant="default"
              size={30}
              aria-label={t(`client.timeline.zoom.${how}`)}
              onClick={() => onZoom(moved(shown, how, serverNow()))}
            >
              <StepIcon size={16} aria-hidden />
            </ActionIcon>
          </Tooltip>
        ))}
      {isZoomed && (
        <Button size="xs" variant="default" onClick={() => onZoom(null)}>
          {t('client.timeline.zoom.reset')}
        </Button>
      )}
    </Group>
  );
}
