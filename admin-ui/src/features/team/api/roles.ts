import type { Schema } from '@/lib/api'

export type Role = Schema<'Role'>

/** Each may all that those before it may. docs/security.md has the same table. */
export const ROLES: readonly { value: Role; label: string; description: string }[] = [
  { value: 'viewer', label: 'Viewer', description: 'Sees agents, numbers, calls, transcripts, customers and usage. Changes nothing.' },
  { value: 'member', label: 'Member', description: 'Also talks to agents, and makes and changes agents, personas, tools, numbers, customers and webhooks.' },
  { value: 'admin', label: 'Admin', description: 'Also manages keys, people, providers and limits, reads the audit log, and erases customers.' },
  { value: 'owner', label: 'Owner', description: 'Also the tenant itself: its name, who owns it, its data keys, its deletion.' },
]

export const PERMISSIONS: readonly { may: string; roles: readonly Role[] }[] = [
  { may: 'See agents, numbers, calls, transcripts, customers, usage', roles: ['viewer', 'member', 'admin', 'owner'] },
  { may: 'Talk to agents, have speech recognised and spoken', roles: ['member', 'admin', 'owner'] },
  { may: 'Make and change agents, personas, tools, numbers, customers, webhooks', roles: ['member', 'admin', 'owner'] },
  { may: 'Keys, members, providers, limits, the audit log; erase a customer', roles: ['admin', 'owner'] },
  { may: 'The tenant itself, who owns it, its data keys', roles: ['owner'] },
]

export function roleName(role: string): string {
  return ROLES.find(({ value }) => value === role)?.label ?? role
}

const rank = (role: string) => ROLES.findIndex(({ value }) => value === role)

/** Roles that somebody with `own` may give: nobody gives more than they have. */
export function rolesToGive(own: string): typeof ROLES {
  return ROLES.slice(0, rank(own) + 1)
}

/** Whether somebody with `own` may change or remove a member with `theirs`: owners are an owner's matter. */
export function mayChange(own: string, theirs: string): boolean {
  return rank(own) >= rank('admin') && rank(own) >= rank(theirs)
}
