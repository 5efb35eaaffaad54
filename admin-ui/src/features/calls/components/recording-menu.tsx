import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Captions, Download, Ellipsis, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { DropdownMenu, DropdownMenuContent, DropdownMenuItem, DropdownMenuTrigger } from '@/components/ui/dropdown-menu'
import { toast } from '@/components/ui/toast'
import { useLive } from '@/lib/api'
import { useCan } from '@/lib/session'
import { type Recording, deleteRecording, transcribeAgain } from '../api/detail'
import { keys } from '../api/list'

/** What can be done with a recording besides playing it. */
export function RecordingMenu({ recording, url }: { recording: Recording; url: string }) {
  const client = useQueryClient()
  const [asking, setAsking] = useState(false)
  const [isTranscribing, setTranscribing] = useState(false)
  // It takes as long as it takes; the page shows it when it is there.
  useLive(isTranscribing ? [keys.detail(recording.conversation_id)] : [])
  const [mayTranscribe, mayDelete] = [useCan('calls'), useCan('admin')]
  const refresh = () => client.invalidateQueries({ queryKey: keys.detail(recording.conversation_id) })
  const transcribe = useMutation({
    mutationFn: () => transcribeAgain(recording.id),
    onSuccess: async () => {
      setTranscribing(true)
      toast.done('The recording is being transcribed')
      await refresh()
    },
    onError: toast.error,
  })
  return (
    <>
      <DropdownMenu>
        <DropdownMenuTrigger asChild>
          <Button variant="ghost" size="icon-sm" aria-label="Recording" pending={transcribe.isPending}>
            {!transcribe.isPending && <Ellipsis aria-hidden />}
          </Button>
        </DropdownMenuTrigger>
        <DropdownMenuContent align="end">
          <DropdownMenuItem asChild>
            <a href={url} download={`recording-${recording.id}.flac`}>
              <Download aria-hidden />
              Download (FLAC)
            </a>
          </DropdownMenuItem>
          {mayTranscribe && (
            <DropdownMenuItem onSelect={() => transcribe.mutate()}>
              <Captions aria-hidden />
              Transcribe again
            </DropdownMenuItem>
          )}
          {mayDelete && (
            <DropdownMenuItem destructive onSelect={() => setAsking(true)}>
              <Trash2 aria-hidden />
              Delete recording…
            </DropdownMenuItem>
          )}
        </DropdownMenuContent>
      </DropdownMenu>
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title="Delete this recording?"
        confirm="Delete recording"
        onConfirm={async () => {
          await deleteRecording(recording.id)
          await refresh()
          toast.done('Recording deleted')
        }}
      >
        The sound goes for good. The transcript stays.
      </ConfirmDialog>
    </>
  )
}
