import { noticeKinds, type AgreementTerm } from '../../../../domain/rates/agreements/agreement.js';
import { sharedList } from '../../../../storage/resellers/shared-records.js';
import { defineList } from '../../../contract/define-list.js';
import { sharedFileOf, sharedListOf } from '../../resellers/shared-lists.js';
import { sharedFilters } from '../../resellers/shared-records.js';
import { agreementApi } from './schema.js';

const termText = ({ value, unit }: AgreementTerm): string => `${value} ${unit}`;

export const listAgreementsOperation = defineList({
  ...sharedListOf(agreementApi),
  id: 'listAgreements',
  filters: sharedFilters,
  rows: (q, { filter, caller }) => sharedList(q, agreementApi.kind.stored, caller.resellerId, filter),
  csv: sharedFileOf(agreementApi, 'exportAgreements', {
    mode: { header: 'Notification days', value: ({ notificationDays }) => notificationDays.mode },
    days: { header: 'Days', value: ({ notificationDays }) => notificationDays.days.join(', ') },
    hour: { header: 'Hour', value: ({ hour }) => ({ number: hour }) },
    timezone: { header: 'Time zone', value: ({ timezone }) => timezone },
    ...Object.fromEntries(
      noticeKinds.map((kind) => [
        kind,
        {
          header: `Term: ${kind}`,
          value: ({ terms }: { readonly terms: Readonly<Record<typeof kind, AgreementTerm>> }) => termText(terms[kind]),
        },
      ]),
    ),
    nextNotificationAt: { header: 'Next notification', value: ({ nextNotificationAt }) => nextNotificationAt },
    rateTables: { header: 'Rate tables', value: ({ rateTables }) => ({ number: rateTables }) },
  }),
});
