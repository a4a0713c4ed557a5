import type { ApiForm } from '../../../form/use-api-form';
import type { Client, ClientValues } from './client-values';

export interface SectionProps {
  readonly form: ApiForm<ClientValues>;
  /** null: a new one */
  readonly client: Client | null;
}
