import { useMutation } from '@tanstack/react-query'
import { Download } from 'lucide-react'
import { Button } from '@/components/ui/button'
import { DropdownMenu, DropdownMenuContent, DropdownMenuItem, DropdownMenuTrigger } from '@/components/ui/dropdown-menu'
import { toast } from '@/components/ui/toast'
import { saveFile } from '@/lib/save-file'
import { type TranscriptFormat, transcript } from '../api/detail'

const FORMATS: { format: TranscriptFormat; label: string }[] = [
  { format: 'txt', label: 'Text' },
  { format: 'html', label: 'Page to print (HTML)' },
  { format: 'srt', label: 'Subtitles (SRT)' },
  { format: 'vtt', label: 'Subtitles (WebVTT)' },
  { format: 'json', label: 'JSON' },
]

/** The transcript as a file. */
export function Downloads({ conversation, startedAt }: { conversation: string; startedAt: string }) {
  const download = useMutation({
    mutationFn: async (format: TranscriptFormat) => {
      const file = await (await transcript(conversation, format)).blob()
      saveFile(file, `transcript-${startedAt.slice(0, 10)}-${conversation}.${format}`)
    },
    onError: (error) => toast.error(error),
  })
  return (
    <DropdownMenu>
      <DropdownMenuTrigger asChild>
        <Button pending={download.isPending}>
          {!download.isPending && <Download aria-hidden />}
          Transcript
        </Button>
      </DropdownMenuTrigger>
      <DropdownMenuContent align="end">
        {FORMATS.map(({ format, label }) => (
          <DropdownMenuItem key={format} onSelect={() => download.mutate(format)}>
            {label}
          </DropdownMenuItem>
        ))}
      </DropdownMenuContent>
    </DropdownMenu>
  )
}
