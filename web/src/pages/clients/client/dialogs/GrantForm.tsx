import { GrantForm as Form } from '../../../../form/grant/GrantForm';
import { useClientRefresh, type Client } from '../queries';

interface GrantFormProps {
  readonly client: Pick<Client, 'id'>;
  readonly onClose: () => void;
}

/** Grants temporary credit to one client. */
export function GrantForm({ client, onClose }: GrantFormProps) {
  const refresh = useClientRefresh(client.id);
  return <Form clientId={client.id} onSaved={refresh} onClose={onClose} />;
}
