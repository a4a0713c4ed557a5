import { Grid, Stack } from '@mantine/core';
import { BalanceCard } from '../BalanceCard';
import { ChecksCard } from '../ChecksCard';
import type { Dialog } from '../dialogs/ClientDialogs';
import { MonitorCard } from '../MonitorCard';
import type { Client } from '../queries';
import { RulesCard } from '../RulesCard';
import { TimelineCard } from '../timeline/TimelineCard';

interface OverviewTabProps {
  readonly client: Client;
  readonly onDialog: (dialog: Dialog) => void;
}

export function OverviewTab({ client, onDialog }: OverviewTabProps) {
  return (
    <Stack gap="md">
      <Grid gap="md">
        <Grid.Col span={{ base: 12, lg: 8 }} order={{ base: 2, lg: 1 }}>
          <TimelineCard client={client} />
        </Grid.Col>
        <Grid.Col span={{ base: 12, lg: 4 }} order={{ base: 1, lg: 2 }}>
          <Stack gap="md">
            <BalanceCard client={client} />
            <MonitorCard client={client} onDialog={onDialog} />
          </Stack>
        </Grid.Col>
      </Grid>
      <RulesCard client={client} onDialog={onDialog} />
      <ChecksCard client={client} />
    </Stack>
  );
}
