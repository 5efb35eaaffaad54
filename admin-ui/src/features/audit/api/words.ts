/** What the audit log tells of, for the filter; others are found by typing them. */
export const ACTIONS = [
  'agent.created', 'agent.changed', 'agent.published', 'agent.rolled_back', 'agent.deleted',
  'api_key.created', 'api_key.revoked',
  'customer.created', 'customer.changed', 'customer.erased',
  'invitation.created', 'invitation.withdrawn',
  'job.discarded', 'job.retried',
  'limits.changed', 'limits.changed_by_operator',
  'member.joined', 'member.left', 'member.removed', 'member.role_changed',
  'persona.created', 'persona.changed', 'persona.deleted',
  'phone_number.registered', 'phone_number.changed', 'phone_number.configured', 'phone_number.tested', 'phone_number.removed',
  'provider_credential.set', 'provider_credential.removed',
  'recording.deleted', 'recording.linked',
  'retention.changed',
  'tenant.created', 'tenant.changed', 'tenant.renamed', 'tenant.suspended', 'tenant.reactivated', 'tenant.deletion_asked', 'tenant.restored',
  'tool.created', 'tool.changed', 'tool.tested', 'tool.deleted',
  'transcription.ordered', 'transcription.deleted',
  'user.signed_in', 'user.signed_out', 'user.switched_in', 'user.password_changed', 'user.password_reset', 'user.email_verified', 'user.renamed',
  'vault.rotated',
  'webhook_endpoint.created', 'webhook_endpoint.changed', 'webhook_endpoint.enabled', 'webhook_endpoint.disabled', 'webhook_endpoint.secret_rotated', 'webhook_endpoint.tested', 'webhook_endpoint.replayed', 'webhook_endpoint.deleted',
] as const

const NAMES: Record<string, string> = { api_key: 'API key', http_tool: 'tool' }

/** `Agent published` of `agent.published`. */
export function actionName(action: string): string {
  const [thing = '', done = ''] = action.split('.')
  const words = `${NAMES[thing] ?? thing.replaceAll('_', ' ')} ${done.replaceAll('_', ' ')}`.trim()
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** What kind of thing an action was done to. */
export function targetKind(action: string): string {
  const [thing = '', done = ''] = action.split('.')
  if (thing === 'user' && ['signed_in', 'signed_out', 'switched_in'].includes(done)) return 'session'
  // Limits, retention and data keys are the tenant's.
  return ['limits', 'retention', 'vault'].includes(thing) ? 'tenant' : thing
}

const KINDS: Record<string, string> = { user: 'User', api_key: 'API key', operator: 'Operator', system: 'System' }

export function actorName({ actor_kind, actor_name }: { actor_kind: string; actor_name?: string | null }): string {
  return actor_name ?? KINDS[actor_kind] ?? actor_kind
}

export function actorKind(kind: string): string {
  return KINDS[kind] ?? kind
}

export interface AuditFilter {
  action?: string
  actor?: string
  target?: string
  /** Days as `2026-11-22`, here; `to` is the last that counts. */
  from?: string
  to?: string
}

/** The filter as the API takes it: days become moments. */
export function asQuery({ action, actor, target, from, to }: AuditFilter) {
  return { action, actor_id: actor, target_id: target, from: from ? new Date(`${from}T00:00:00`).toISOString() : undefined, to: to ? dayAfter(to) : undefined }
}

function dayAfter(day: string): string {
  const date = new Date(`${day}T00:00:00`)
  date.setDate(date.getDate() + 1)
  return date.toISOString()
}
