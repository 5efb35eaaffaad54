import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Wand2 } from 'lucide-react'
import { type Schema, api, queryKeys, take } from '@/lib/api'
import { useCan } from '@/lib/session'
import { Alert } from '../ui/alert'
import { Button } from '../ui/button'
import { CodeBlock } from '../ui/copy-button'
import { toast } from '../ui/toast'
import { troubleOf } from './problems'

type PhoneNumber = Schema<'PhoneNumber'>

const keys = queryKeys('numbers')

/** Has Twilio send the number's calls here. */
export function useConfigure() {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (id: string) => take(api.POST('/phone-numbers/{id}/configure', { params: { path: { id } } })),
    onSuccess: async (number) => {
      queryClient.setQueryData(keys.detail(number.id), number)
      if (number.twilio.state === 'as_configured') toast.done('Twilio sends its calls here now')
      await queryClient.invalidateQueries({ queryKey: keys.all })
    },
  })
}

/** The addresses for Twilio, what to do with them, and a button that does it. */
export function NumberSetup({ number, onConfigured }: { number: PhoneNumber; onConfigured?: (number: PhoneNumber) => void }) {
  const configure = useConfigure()
  const mayManage = useCan('manage')
  const { webhooks, instructions } = number
  return (
    <div className="space-y-5">
      <div className="flex flex-wrap items-center justify-between gap-3 rounded-md border p-3">
        <div className="min-w-0 flex-1 basis-56">
          <p className="font-medium">Set up for me</p>
          <p className="text-sm text-muted-foreground">Switchboard enters the three addresses at Twilio and reads them back.</p>
        </div>
        <Button
          pending={configure.isPending}
          disabled={!mayManage}
          title={mayManage ? undefined : 'Your role cannot change numbers'}
          onClick={() => configure.mutate(number.id, { onSuccess: onConfigured })}
        >
          <Wand2 aria-hidden />
          Set up for me
        </Button>
        {configure.error && <NumberProblem error={configure.error} className="basis-full" />}
      </div>
      <div className="space-y-3">
        <p className="font-medium">Or enter them yourself</p>
        <Address label="A call comes in" address={webhooks.voice_url} />
        <Address label="Primary handler fails" address={webhooks.voice_fallback_url} />
        <Address label="Call status changes" address={webhooks.status_callback} />
      </div>
      <ol className="list-decimal space-y-1.5 pl-5 text-sm marker:text-muted-foreground">
        {instructions.map((step) => (
          <li key={step} className="break-words pl-1">
            <Linked text={forPeople(step)} />
          </li>
        ))}
      </ol>
    </div>
  )
}

function Address({ label, address }: { label: string; address: string }) {
  return (
    <div className="space-y-1">
      <p className="text-sm text-muted-foreground">
        {label} <span className="text-xs">· POST</span>
      </p>
      <CodeBlock label={`Copy the address of “${label}”`}>{address}</CodeBlock>
    </div>
  )
}

/** The API says how a program tests the number; here is a button. */
export function forPeople(step: string): string {
  return step.replace(/ have it tested \(POST [^)]*\),/, ' press Test number,')
}

function Linked({ text }: { text: string }) {
  const match = /https:\/\/console\.twilio\.com\/\S+/.exec(text)
  if (!match) return text
  const [address] = match
  return (
    <>
      {text.slice(0, match.index)}
      <a href={address} target="_blank" rel="noreferrer" className="text-primary-text underline underline-offset-2">
        Twilio’s console
      </a>
      {text.slice(match.index + address.length)}
    </>
  )
}

/** A problem of a number, with what to do where its code is known. */
export function NumberProblem({ error, className }: { error: unknown; className?: string }) {
  const trouble = troubleOf(error)
  return (
    <Alert tone="destructive" title={trouble?.title ?? 'That did not work'} className={className}>
      {trouble?.advice ?? (error instanceof Error ? error.message : String(error))}
    </Alert>
  )
}
