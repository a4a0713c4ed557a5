import { Grid, Stack } from '@mantine/core';
import { BouncedAddresses } from '../../../../form/BouncedAddresses';
import { BalanceCard } from '../BalanceCard';
import { CapacityCard } from '../CapacityCard';
import { ChecksCard } from '../ChecksCard';
import type { Dialog } from '../dialogs/ClientDialogs';
import { MonitorDetails } from '../monitor/MonitorDetails';
import { MonitorNotices } from '../monitor/MonitorNotices';
import type { Client } from '../queries';
import { RulesCard } from '../rules/RulesCard';
import { TimelineCard } from '../timeline/TimelineCard';

interface OverviewTabProps {
  readonly client: Client;
  readonly onDialog: (dialog: Dialog) => void;
}

/** The answer first: the balance and what each rule does about it; how it came about below; the workflow last. */
export function OverviewTab({ client, onDialog }: OverviewTabProps) {
  return (
    <Stack gap="md">
      <MonitorNotices client={client} onDialog={onDialog} />
      <BouncedAddresses
        addresses={[client.billingEmail, client.mainEmail, client.nocEmail, client.ratesEmail, client.ownerEmail]}
      />
      <Grid gap="md" columns={24}>
        <Grid.Col span={{ base: 24, lg: 8, xl: 7 }}>
          <Stack gap="md">
            <BalanceCard client={client} />
            <CapacityCard client={client} />
          </Stack>
        </Grid.Col>
        <Grid.Col span={{ base: 24, lg: 16, xl: 17 }}>
          <RulesCard client={client} onDialog={onDialog} />
        </Grid.Col>
      </Grid>
      <TimelineCard client={client} />
      <ChecksCard client={client} />
      <MonitorDetails client={client} />
    </Stack>
  );
}
