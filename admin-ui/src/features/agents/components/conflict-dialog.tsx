import { Button } from '@/components/ui/button'
import { Dialog, DialogContent, DialogFooter } from '@/components/ui/dialog'
import type { Agent } from '../api/queries'
import type { Settings } from '../model/form'
import { Changes } from './changes'

interface ConflictDialogProps {
  /** The agent as somebody else has saved it. */
  theirs: Agent
  mine: { name: string; settings: Settings }
  pending: boolean
  takeTheirs: () => void
  keepMine: () => void
  close: () => void
}

/** Two people changed the same draft: shows how mine differs from theirs, and lets one choose. */
export function ConflictDialog({ theirs, mine, pending, takeTheirs, keepMine, close }: ConflictDialogProps) {
  return (
    <Dialog open onOpenChange={(open) => !open && close()}>
      <DialogContent title="The draft was changed elsewhere" description="Somebody saved this agent after you opened it. Struck out: what they saved. Marked: what you have." className="max-w-2xl">
        {theirs.name !== mine.name && (
          <p className="text-sm">
            Name: <del>{theirs.name}</del> → <ins className="no-underline">{mine.name}</ins>
          </p>
        )}
        <Changes before={theirs.draft} after={mine.settings} none="You have both written the same." />
        <DialogFooter>
          <Button onClick={close}>Keep editing</Button>
          <Button onClick={takeTheirs}>Take theirs</Button>
          <Button variant="primary" pending={pending} onClick={keepMine}>
            Save mine over it
          </Button>
        </DialogFooter>
      </DialogContent>
    </Dialog>
  )
}
