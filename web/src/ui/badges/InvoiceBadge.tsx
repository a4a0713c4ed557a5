import {
  IconAlertTriangle,
  IconCircleCheck,
  IconCircleDashed,
  IconCircleHalf2,
  IconCircleMinus,
  IconCircleX,
  IconPencil,
} from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { components } from '../../api/schema';
import { t } from '../../i18n/t';
import { LookBadge, type Look } from './ToneBadge';

type State = components['schemas']['Invoice']['state'];

const states: Readonly<Record<State, Look>> = {
  draft: ['blue', IconPencil],
  void: ['gray', IconCircleX],
  overdue: ['red', IconAlertTriangle],
  unpaid: ['amber', IconCircleDashed],
  partly_paid: ['amber', IconCircleHalf2],
  paid: ['green', IconCircleCheck],
  not_payable: ['gray', IconCircleMinus],
};

/** The one word that says how it is with an invoice. */
export function InvoiceBadge({ state }: { readonly state: State }): ReactNode {
  return <LookBadge look={states[state]} text={t(`invoices.state.${state}`)} />;
}
