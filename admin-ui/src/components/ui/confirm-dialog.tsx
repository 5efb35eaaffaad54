import * as Primitive from '@radix-ui/react-alert-dialog'
import { type ReactNode, useState } from 'react'
import { asProblem } from '@/lib/api'
import { Alert } from './alert'
import { Button } from './button'
import { DialogFooter, overlayLook, useFocusBack } from './dialog'
import { Input } from './input'
import { Label } from './label'

interface ConfirmDialogProps {
  open: boolean
  onOpenChange: (open: boolean) => void
  title: string
  /** What will happen, and what cannot be taken back. */
  children: ReactNode
  /** The button's words: "Delete agent". */
  confirm: string
  /** What has to be typed before: for what cannot be undone. */
  typed?: string
  destructive?: boolean
  /** The dialog closes when it is done, and shows the problem when it fails. */
  onConfirm: () => Promise<unknown>
}

export function ConfirmDialog({ open, onOpenChange, ...props }: ConfirmDialogProps) {
  const focusBack = useFocusBack()
  return (
    <Primitive.Root open={open} onOpenChange={onOpenChange}>
      <Primitive.Portal>
        <Primitive.Overlay className={overlayLook} />
        <Primitive.Content className="fixed top-1/2 left-1/2 z-50 w-[calc(100vw-2rem)] max-w-md -translate-x-1/2 -translate-y-1/2 space-y-4 rounded-lg border bg-popover p-5 shadow-lg" {...focusBack}>
          <Question {...props} close={() => onOpenChange(false)} />
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  )
}

function Question({ title, children, confirm, typed, destructive = true, onConfirm, close }: Omit<ConfirmDialogProps, 'open' | 'onOpenChange'> & { close: () => void }) {
  const [text, setText] = useState('')
  const [state, setState] = useState<{ pending?: boolean; error?: unknown }>({})
  const run = async () => {
    setState({ pending: true })
    try {
      await onConfirm()
      close()
    } catch (error) {
      setState({ error })
    }
  }
  return (
    <>
      <Primitive.Title className="text-lg font-semibold">{title}</Primitive.Title>
      <Primitive.Description asChild>
        <div className="text-muted-foreground">{children}</div>
      </Primitive.Description>
      {typed && (
        <div className="space-y-1.5">
          <Label htmlFor="confirm-typed">
            Type <span className="font-mono">{typed}</span> to confirm
          </Label>
          <Input id="confirm-typed" autoComplete="off" value={text} onChange={(event) => setText(event.target.value)} />
        </div>
      )}
      {state.error !== undefined && <Alert tone="destructive">{asProblem(state.error).detail}</Alert>}
      <DialogFooter>
        <Primitive.Cancel asChild>
          <Button>Cancel</Button>
        </Primitive.Cancel>
        <Button variant={destructive ? 'destructive' : 'primary'} pending={state.pending} disabled={typed !== undefined && text !== typed} onClick={() => void run()}>
          {confirm}
        </Button>
      </DialogFooter>
    </>
  )
}
