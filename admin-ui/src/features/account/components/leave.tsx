import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { Card, CardContent, CardHeader } from '@/components/ui/card'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { signOut, useMe } from '@/lib/session'
import { useLeave } from '../api/account'

/** One gives one's place in the tenant up. */
export function Leave() {
  const { tenant } = useMe()
  const [asking, setAsking] = useState(false)
  const leave = useLeave()
  return (
    <Card>
      <CardHeader title={`Leave ${tenant.name}`} description={`You are ${tenant.role} here. The last owner cannot leave: make somebody else an owner first, or delete the tenant.`} />
      <CardContent>
        <Button onClick={() => setAsking(true)}>Leave tenant…</Button>
      </CardContent>
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title={`Leave ${tenant.name}?`}
        confirm="Leave"
        onConfirm={async () => {
          await leave.mutateAsync()
          // The session was of this tenant and is over.
          await signOut()
        }}
      >
        You are signed out of it at once. To come back you need an invitation. Your account stays, and so do other tenants.
      </ConfirmDialog>
    </Card>
  )
}
