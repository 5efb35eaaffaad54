import { Trash2, UserCog, Users } from 'lucide-react'
import { useState } from 'react'
import { Restricted } from '@/components/restricted'
import { Badge, type BadgeTone } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { type Column, DataTable } from '@/components/ui/data-table'
import { DropdownMenuItem } from '@/components/ui/dropdown-menu'
import { PageHeader } from '@/components/ui/page-header'
import { RowMenu } from '@/components/ui/row-menu'
import { EmptyState } from '@/components/ui/states'
import { Time } from '@/components/ui/time'
import { toast } from '@/components/ui/toast'
import { api, take, useCursorList } from '@/lib/api'
import { useMe } from '@/lib/session'
import { type Role, mayChange, roleName } from './api/roles'
import { type Member, memberKeys, useRemoveMember } from './api/team'
import { Invitations } from './components/invitations'
import { InviteDialog } from './components/invite-dialog'
import { RoleDialog } from './components/role-dialog'
import { RolesTable } from './components/roles-table'

const TONES: Record<Role, BadgeTone> = { owner: 'primary', admin: 'primary', member: 'neutral', viewer: 'outline' }

export function TeamPage() {
  return (
    <Restricted needs="admin" title="Team">
      <Team />
    </Restricted>
  )
}

function Team() {
  const { user, tenant } = useMe()
  const list = useCursorList(memberKeys, (cursor, signal) => take(api.GET('/members', { params: { query: { cursor } }, signal })))
  const [inviting, setInviting] = useState(false)
  const [changing, setChanging] = useState<Member>()
  const [removing, setRemoving] = useState<Member>()
  const remove = useRemoveMember()
  const columns: readonly Column<Member>[] = [
    {
      id: 'name',
      header: 'Name',
      cell: (member) => (
        <>
          <span className="flex items-center gap-2 font-medium">
            <span className="max-w-56 truncate">{member.name}</span>
            {member.user_id === user.id && <Badge tone="outline">You</Badge>}
          </span>
          <span className="block text-sm break-all text-muted-foreground">{member.email}</span>
        </>
      ),
    },
    { id: 'role', header: 'Role', cell: ({ role }) => <Badge tone={TONES[role]}>{roleName(role)}</Badge> },
    {
      id: 'joined',
      header: 'Joined',
      className: 'hidden sm:table-cell',
      cell: ({ joined_at }) => (
        <span className="text-muted-foreground">
          <Time at={joined_at} />
        </span>
      ),
    },
    {
      id: 'actions',
      header: <span className="sr-only">Actions</span>,
      className: 'w-12 text-right',
      cell: (member) =>
        mayChange(tenant.role, member.role) ? (
          <RowMenu label={`Actions for ${member.name}`}>
            <DropdownMenuItem onSelect={() => setChanging(member)}>
              <UserCog aria-hidden />
              Change role…
            </DropdownMenuItem>
            {member.user_id !== user.id && (
              <DropdownMenuItem destructive onSelect={() => setRemoving(member)}>
                <Trash2 aria-hidden />
                Remove…
              </DropdownMenuItem>
            )}
          </RowMenu>
        ) : null,
    },
  ]
  return (
    <>
      <PageHeader
        title="Team"
        description={`Who belongs to ${tenant.name}, and what they may do.`}
        actions={
          <Button variant="primary" onClick={() => setInviting(true)}>
            Invite somebody
          </Button>
        }
      />
      <div className="space-y-8">
        <section aria-label="Members">
          <DataTable label="Members" expected={2} columns={columns} list={list} rowKey={(member) => member.user_id} empty={<EmptyState icon={Users} title="No members" />} />
        </section>
        <Invitations nameOf={(id) => list.items?.find((member) => member.user_id === id)?.name} />
        <RolesTable />
      </div>
      <InviteDialog open={inviting} onOpenChange={setInviting} />
      <RoleDialog member={changing} onClose={() => setChanging(undefined)} />
      <ConfirmDialog
        open={removing !== undefined}
        onOpenChange={(open) => !open && setRemoving(undefined)}
        title={`Remove ${removing?.name ?? 'member'}?`}
        confirm="Remove"
        onConfirm={async () => {
          if (!removing) return
          await remove.mutateAsync(removing.user_id)
          toast.done(`${removing.name} is removed`)
        }}
      >
        They are signed out of {tenant.name} at once, and their invitations are withdrawn. API keys that they made go on working: revoke those by themselves.
      </ConfirmDialog>
    </>
  )
}
