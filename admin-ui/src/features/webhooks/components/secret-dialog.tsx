import { SecretOnce } from '@/components/secret-once'
import { Dialog, DialogContent } from '@/components/ui/dialog'

/** The secret that messages are signed with, shown this once. */
export function SecretDialog({ title, secret, note, onClose }: { title: string; secret: string | undefined; note?: string; onClose: () => void }) {
  return (
    <Dialog open={secret !== undefined} onOpenChange={(open) => !open && onClose()}>
      {secret && (
        // A stray click must not lose what is shown once.
        <DialogContent title={title} onInteractOutside={(event) => event.preventDefault()}>
          <SecretOnce secret={secret} copyLabel="Copy secret" warning="Copy the secret now: your program verifies messages with it. It is shown this once and cannot be shown again.">
            {note && <p className="text-sm text-muted-foreground">{note}</p>}
          </SecretOnce>
        </DialogContent>
      )}
    </Dialog>
  )
}
