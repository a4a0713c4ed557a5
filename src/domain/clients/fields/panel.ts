import type { ClientFieldSpec } from './spec.js';

/** Whether its people may log in to the client panel, and their login. */
export const panelFields = {
  clientPanel: {
    type: 'flag',
    default: false,
    description: 'The client’s own people can log in to the client panel; needs `panelLogin`',
    filter: 'equals',
    sortable: true,
    csv: 'Client panel',
  },
  panelLogin: {
    type: 'text',
    max: 64,
    nullable: true,
    switchedBy: 'clientPanel',
    description:
      'Name to log in to the client panel with: 3 to 64 letters, digits, and `. _ @ + -`, unique in the installation, ' +
      'also among deleted clients',
    example: 'acme',
    filter: 'begins',
    sortable: true,
    csv: 'Panel login',
    personal: true,
  },
} as const satisfies Readonly<Record<string, ClientFieldSpec>>;
