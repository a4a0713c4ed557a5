/** What the question about a job asks for, as it is typed; each kind takes its own of these. */
export interface JobDraft {
  readonly profileId: string;
  readonly until: string;
  readonly tags: readonly string[];
  readonly status: 'active' | 'stop';
  readonly managerId: string;
  readonly paymentTermsId: string;
  readonly clientTemplateId: string;
  readonly ownValues: 'keep' | 'clear';
  readonly amount: string;
  readonly percent: string;
  readonly by: 'amount' | 'percent';
  readonly currency: string;
  readonly lastDay: string;
  readonly invoicedDay: string;
}

export const emptyDraft: JobDraft = {
  profileId: '',
  until: '',
  tags: [],
  status: 'stop',
  managerId: '',
  paymentTermsId: '',
  clientTemplateId: '',
  ownValues: 'keep',
  amount: '',
  percent: '',
  by: 'amount',
  currency: '',
  lastDay: '',
  invoicedDay: '',
};
