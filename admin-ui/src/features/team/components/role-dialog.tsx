import { useState } from 'react'
import { Alert } from '@/components/ui/alert'
import { Button } from '@/components/ui/button'
import { Dialog, DialogClose, DialogContent, DialogFooter } from '@/components/ui/dialog'
import { toast } from '@/components/ui/toast'
import { asProblem } from '@/lib/api'
import { useMe } from '@/lib/session'
import { RoleChoice } from './role-choice'
import { type Role, roleName, rolesToGive } from '../api/roles'
import { type Member, useChangeRole } from '../api/team'

export function RoleDialog({ member, onClose }: { member: Member | undefined; onClose: () => void }) {
  return (
    <Dialog open={member !== undefined} onOpenChange={(open) => !open && onClose()}>
      {member && <Content member={member} onClose={onClose} />}
    </Dialog>
  )
}

function Content({ member, onClose }: { member: Member; onClose: () => void }) {
  const { tenant, user } = useMe()
  const [role, setRole] = useState<Role>(member.role)
  const change = useChangeRole()
  const isSelf = member.user_id === user.id
  const save = () =>
    change.mutate(
      { id: member.user_id, role },
      {
        onSuccess: () => {
          toast.done(`${isSelf ? 'You are' : `${member.name} is`} now ${roleName(role).toLowerCase()}`)
          onClose()
        },
      },
    )
  return (
    <DialogContent title={isSelf ? 'Your role' : `Role of ${member.name}`} description="It holds from their next request on.">
      {change.error && <Alert tone="destructive">{asProblem(change.error).detail}</Alert>}
      <RoleChoiceWithWarning role={role} setRole={setRole} isSelf={isSelf} was={member.role} own={tenant.role} />
      <DialogFooter>
        <DialogClose asChild>
          <Button>Cancel</Button>
        </DialogClose>
        <Button variant="primary" pending={change.isPending} disabled={role === member.role} onClick={save}>
          Change role
        </Button>
      </DialogFooter>
    </DialogContent>
  )
}

function RoleChoiceWithWarning({ role, setRole, isSelf, was, own }: { role: Role; setRole: (role: Role) => void; isSelf: boolean; was: Role; own: string }) {
  return (
    <>
      <RoleChoice roles={rolesToGive(own)} value={role} onChange={setRole} />
      {isSelf && role !== was && <Alert tone="warning">You lose what your new role does not allow, at once. Somebody else has to give it back.</Alert>}
    </>
  )
}
