import { useBlocker } from '@tanstack/react-router'
import { ConfirmDialog } from './ui/confirm-dialog'

/** Asks before a page with unsaved changes is left; the browser asks before its tab is closed. */
export function UnsavedGuard({ isDirty }: { isDirty: boolean }) {
  const blocker = useBlocker({
    shouldBlockFn: ({ current, next }) => isDirty && current.pathname !== next.pathname,
    enableBeforeUnload: isDirty,
    withResolver: true,
  })
  if (blocker.status !== 'blocked') return null
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => !open && blocker.reset()}
      title="Leave without saving?"
      confirm="Discard changes"
      onConfirm={() => {
        blocker.proceed()
        return Promise.resolve()
      }}
    >
      Your changes on this page are not saved.
    </ConfirmDialog>
  )
}
