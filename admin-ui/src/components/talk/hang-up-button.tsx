import { PhoneOff } from 'lucide-react'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { toast } from '@/components/ui/toast'
import { formatPhone } from '@/lib/format'
import { type Call, useHangUp } from './live-calls'

/** Ends a call, after a question: somebody is on the telephone. */
export function HangUpButton({ call }: { call: Call }) {
  const [open, setOpen] = useState(false)
  const hangUp = useHangUp()
  const who = formatPhone(call.from_number)
  return (
    <>
      <Button size="sm" variant="destructive" aria-label={`Hang up on ${who}`} pending={hangUp.isPending} onClick={() => setOpen(true)}>
        <PhoneOff aria-hidden />
        Hang up
      </Button>
      <ConfirmDialog
        open={open}
        onOpenChange={setOpen}
        title="Hang up?"
        confirm="Hang up"
        onConfirm={async () => {
          await hangUp.mutateAsync(call.id)
          toast.done('The call is being hung up')
        }}
      >
        {who} is on the telephone. The agent falls silent, and the line is closed at once.
      </ConfirmDialog>
    </>
  )
}
