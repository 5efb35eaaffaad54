import type { ReactNode } from 'react'
import { Alert } from './ui/alert'
import { Button } from './ui/button'
import { CodeBlock } from './ui/copy-button'
import { DialogClose, DialogFooter } from './ui/dialog'

/** Inside of a dialog: something that is shown this once, to be copied. */
export function SecretOnce({ secret, copyLabel, warning, children }: { secret: string; copyLabel: string; warning: string; children?: ReactNode }) {
  return (
    <div className="space-y-4">
      <Alert tone="warning">{warning}</Alert>
      <CodeBlock label={copyLabel}>{secret}</CodeBlock>
      {children}
      <DialogFooter>
        <DialogClose asChild>
          <Button variant="primary">Done</Button>
        </DialogClose>
      </DialogFooter>
    </div>
  )
}
