import { allows } from '../../../domain/access/scopes.js';
import { clearedOwn } from '../../../domain/clients/client-inheritance.js';
import { scopesOfChange, type FieldValues } from '../../../domain/clients/field-scopes.js';
import { DomainError } from '../../../domain/errors.js';
import { lockClient } from '../../../storage/clients/clients.js';
import type { ActorRights } from '../../access/rights-now.js';
import type { Requester } from '../../change.js';
import { applyClientTemplate } from '../../clients/templates/apply-client-template.js';
import { requireClientTemplate } from '../../clients/templates/client-templates.js';
import { planTemplateAssignment } from '../../clients/templates/plan-template.js';
import { computeImpact, confirmImpact, type PlannedChange } from '../../profiles/compute-impact.js';
import { RowRefusal, type RowService } from '../row-service.js';

/** Gives clients a template, or takes it away, with the rights that the single request needs. */
export const setClientTemplateRow: RowService<'set_client_template'> = {
  async inTransaction(tx, { requester, rights, clientId, parameters, reason }) {
    const { clientTemplateId, ownValues } = parameters;
    const row = await lockClient(tx, requester.scope.resellerId, clientId, requester.now);
    if (!row) throw new DomainError('not_found', `there is no client ${clientId}`);
    const clearOwn = ownValues === 'clear';
    const cleared = clearOwn ? Object.keys(clearedOwn(row.ownFields, row.templateValues ?? {})) : [];
    const isSame = row.clientTemplateId === clientTemplateId && cleared.length === 0;
    if (isSame && row.status !== 'deleted') return 'unchanged';
    const requireAllowed = (before: FieldValues, after: FieldValues): void => requireRights(rights, before, after);
    await applyClientTemplate(
      requester,
      clientId,
      { clientTemplateId, clearOwn, reason, requireAllowed },
      () => undefined,
    );
    return 'done';
  },
  async requireParameters(requester, { clientTemplateId }) {
    if (clientTemplateId !== null) await requireClientTemplate(requester, clientTemplateId, pointer);
  },
  async confirm(requester, { clientTemplateId, ownValues }, clientIds, confirm) {
    const plan = (): Promise<Plan> => planOf(requester, clientIds, clientTemplateId, ownValues);
    await confirmImpact(requester, { inheritingIds: clientIds }, plan, confirm);
  },
  async preview(requester, { clientTemplateId, ownValues }, clientIds) {
    const plan = await planOf(requester, clientIds, clientTemplateId, ownValues);
    return computeImpact(requester.scope, { selection: { inheritingIds: clientIds }, ...plan }, requester.now);
  },
};

const pointer = '/parameters/clientTemplateId';

type Plan = Omit<PlannedChange, 'selection'>;

async function planOf(
  requester: Requester,
  clientIds: readonly string[],
  clientTemplateId: string | null,
  ownValues: 'keep' | 'clear' = 'keep',
): Promise<Plan> {
  const template = clientTemplateId === null ? null : await requireClientTemplate(requester, clientTemplateId, pointer);
  return planTemplateAssignment(requester, clientIds, template?.values ?? null, ownValues === 'clear');
}

/** @throws RowRefusal `scope_missing` */
function requireRights({ scopes }: ActorRights, before: FieldValues, after: FieldValues): void {
  const missing = scopesOfChange(before, after).find(({ scope }) => !allows(scopes, scope));
  if (!missing) return;
  const { name, scope } = missing;
  throw new RowRefusal(
    'scope_missing',
    `the template changes ${name}, for which the starter of the job lacks ${scope}`,
  );
}
