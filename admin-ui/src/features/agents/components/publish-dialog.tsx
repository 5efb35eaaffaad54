import { useState } from 'react'
import { Alert } from '@/components/ui/alert'
import { Button } from '@/components/ui/button'
import { Dialog, DialogContent, DialogFooter } from '@/components/ui/dialog'
import { Input } from '@/components/ui/input'
import { Label } from '@/components/ui/label'
import { toast } from '@/components/ui/toast'
import { asProblem } from '@/lib/api'
import { type Agent, usePublish } from '../api/queries'
import { Changes } from './changes'

interface PublishDialogProps {
  agent: Agent
  open: boolean
  onOpenChange: (open: boolean) => void
  /** A template that cannot be read is refused: the editor shows where. */
  onRefused: (error: unknown) => boolean
}

/** Shows what callers will hear differently, and publishes it. */
export function PublishDialog({ open, onOpenChange, ...props }: PublishDialogProps) {
  return (
    <Dialog open={open} onOpenChange={onOpenChange}>
      <DialogContent title={`Publish version ${props.agent.published.number + 1}`} description="Conversations that begin from now on have it; those under way keep theirs." className="max-w-2xl">
        {open && <Publishing {...props} close={() => onOpenChange(false)} />}
      </DialogContent>
    </Dialog>
  )
}

function Publishing({ agent, onRefused, close }: Omit<PublishDialogProps, 'open' | 'onOpenChange'> & { close: () => void }) {
  const publish = usePublish(agent.id)
  const [note, setNote] = useState('')
  // What it was when the dialog opened: the answer makes both the same.
  const [shown] = useState({ before: agent.published.settings, after: agent.draft })
  const run = () =>
    publish.mutate(note.trim() || null, {
      onSuccess: (published) => {
        toast.done(`Version ${published.published.number} is live`)
        close()
      },
      onError: (error) => {
        if (onRefused(error)) close()
      },
    })
  return (
    <form
      className="space-y-4"
      onSubmit={(event) => {
        event.preventDefault()
        run()
      }}
    >
      {publish.error && <Alert tone="destructive">{asProblem(publish.error).detail}</Alert>}
      <div className="space-y-2">
        <p className="font-medium">What changes since version {agent.published.number}</p>
        <Changes {...shown} none="Nothing: the draft is what answers already." />
      </div>
      <div className="space-y-1.5">
        <Label htmlFor="note">Note (optional)</Label>
        <Input id="note" autoComplete="off" maxLength={500} placeholder="Why, for the list of versions" value={note} onChange={(event) => setNote(event.target.value)} />
      </div>
      <DialogFooter>
        <Button onClick={close}>Cancel</Button>
        <Button type="submit" variant="primary" pending={publish.isPending}>
          Publish
        </Button>
      </DialogFooter>
    </form>
  )
}
