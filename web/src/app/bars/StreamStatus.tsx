import { Group, Tooltip } from '@mantine/core';
import { IconBolt, IconClockPause, IconLoader2 } from '@tabler/icons-react';
import { useStreamState } from '../../api/stream';
import { t } from '../../i18n/t';

const icons = { live: IconBolt, connecting: IconLoader2, polling: IconClockPause, off: IconClockPause };

/** Whether changes arrive automatically. */
export function StreamStatus() {
  const state = useStreamState();
  const StateIcon = icons[state];
  return (
    <Tooltip label={t(`app.stream.${state}.text`)} multiline maw={260} position="top-start">
      <Group gap={6} tabIndex={0} role="status">
        <StateIcon size={14} aria-hidden />
        {t(`app.stream.${state}.label`)}
      </Group>
    </Tooltip>
  );
}
