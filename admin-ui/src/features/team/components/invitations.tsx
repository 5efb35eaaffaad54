import { Link2, Mail, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { type Column, DataTable } from '@/components/ui/data-table'
import { Dialog } from '@/components/ui/dialog'
import { DropdownMenuItem } from '@/components/ui/dropdown-menu'
import { RowMenu } from '@/components/ui/row-menu'
import { EmptyState } from '@/components/ui/states'
import { Time } from '@/components/ui/time'
import { toast } from '@/components/ui/toast'
import { type Schema, api, take, useCursorList } from '@/lib/api'
import { roleName } from '../api/roles'
import { type Invitation, invitationKeys, useInvite, useWithdraw } from '../api/team'
import { LinkContent } from './invite-dialog'

/** Who is invited and has not come yet. `nameOf`: of a member by their id. */
export function Invitations({ nameOf }: { nameOf: (user: string) => string | undefined }) {
  const list = useCursorList(invitationKeys, (cursor, signal) => take(api.GET('/invitations', { params: { query: { cursor } }, signal })))
  const [withdrawing, setWithdrawing] = useState<Invitation>()
  const [made, setMade] = useState<Schema<'MadeInvitation'>>()
  const invite = useInvite()
  const withdraw = useWithdraw()
  const anew = ({ email, role }: Invitation) => {
    if (email) invite.mutate({ email, role }, { onSuccess: setMade, onError: toast.error })
  }
  const columns: readonly Column<Invitation>[] = [
    { id: 'email', header: 'E-mail', cell: ({ email }) => <span className="break-all">{email ?? 'Whoever has the link'}</span> },
    { id: 'role', header: 'Role', cell: ({ role }) => roleName(role) },
    { id: 'by', header: 'Invited by', className: 'hidden md:table-cell', cell: ({ invited_by }) => <span className="text-muted-foreground">{(invited_by && nameOf(invited_by)) ?? '–'}</span> },
    {
      id: 'until',
      header: 'Good until',
      className: 'hidden sm:table-cell',
      cell: ({ expires_at }) => (
        <span className="text-muted-foreground">
          <Time at={expires_at} />
        </span>
      ),
    },
    {
      id: 'actions',
      header: <span className="sr-only">Actions</span>,
      className: 'w-12 text-right',
      cell: (invitation) => (
        <RowMenu label={`Actions for the invitation of ${invitation.email ?? 'whoever has the link'}`}>
          {invitation.email && (
            <DropdownMenuItem onSelect={() => anew(invitation)}>
              <Link2 aria-hidden />
              Send anew and copy link
            </DropdownMenuItem>
          )}
          <DropdownMenuItem destructive onSelect={() => setWithdrawing(invitation)}>
            <Trash2 aria-hidden />
            Withdraw…
          </DropdownMenuItem>
        </RowMenu>
      ),
    },
  ]
  return (
    <section aria-labelledby="invitations">
      <h2 id="invitations" className="mb-3 text-base font-semibold">
        Invitations
      </h2>
      <DataTable
        label="Invitations"
        expected={1}
        columns={columns}
        list={list}
        rowKey={(invitation) => invitation.id}
        empty={
          <EmptyState icon={Mail} title="Nobody is invited" className="py-8">
            Invitations stand here until they are taken, or for seven days.
          </EmptyState>
        }
      />
      <Dialog open={made !== undefined} onOpenChange={(open) => !open && setMade(undefined)}>
        {made && <LinkContent made={made} />}
      </Dialog>
      <ConfirmDialog
        open={withdrawing !== undefined}
        onOpenChange={(open) => !open && setWithdrawing(undefined)}
        title="Withdraw the invitation?"
        confirm="Withdraw"
        onConfirm={async () => {
          if (!withdrawing) return
          await withdraw.mutateAsync(withdrawing.id)
          toast.done('Invitation withdrawn')
        }}
      >
        The link for {withdrawing?.email ?? 'whoever has it'} opens nothing any more.
      </ConfirmDialog>
    </section>
  )
}
