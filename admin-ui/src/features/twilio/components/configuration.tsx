import { useQuery } from '@tanstack/react-query'
import { CircleAlert, CircleCheck, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { Card, CardHeader } from '@/components/ui/card'
import { CodeBlock } from '@/components/ui/copy-button'
import { Skeleton } from '@/components/ui/skeleton'
import { ErrorState } from '@/components/ui/states'
import type { Schema } from '@/lib/api'
import { configurationQuery, readinessQuery } from '../api/queries'

const PARTS = [
  ['database', 'Database'],
  ['speech_to_text', 'Speech to text'],
  ['language_model', 'Language model'],
  ['text_to_speech', 'Text to speech'],
  ['voice_activity_detection', 'Voice activity detection'],
] as const

/** What a call needs, and whether it is there. */
export function Configuration() {
  const configuration = useQuery(configurationQuery)
  const readiness = useQuery(readinessQuery)
  const error = configuration.error ?? readiness.error
  const retry = () => {
    void configuration.refetch()
    void readiness.refetch()
  }
  return (
    <Card>
      <CardHeader title="Configuration" description="What a call needs, and whether it works now." />
      <div className="border-t">
        {configuration.data && readiness.data ? (
          <ul>
            <Address configuration={configuration.data} />
            {PARTS.map(([part, label]) => (
              <Part key={part} label={label} part={readiness.data[part]} />
            ))}
          </ul>
        ) : error ? (
          <ErrorState error={error} retry={retry} />
        ) : (
          <div className="space-y-6 px-5 py-4">
            {Array.from({ length: 6 }, (_, row) => (
              <Skeleton key={row} className="h-5" />
            ))}
          </div>
        )}
      </div>
    </Card>
  )
}

function Address({ configuration: { public_url, can_configure, webhooks } }: { configuration: Schema<'TwilioConfiguration'> }) {
  if (public_url) {
    const isSecure = public_url.startsWith('https:')
    return <Row verdict={isSecure ? 'good' : 'doubtful'} label="Public address" value={public_url} more={!isSecure && <p>The real Twilio calls addresses with https:// only.</p>} />
  }
  return (
    <Row
      verdict={can_configure ? 'doubtful' : 'bad'}
      label="Public address"
      value="Not known"
      more={
        <>
          <p>
            {can_configure
              ? 'Enough for a simulated Twilio on this machine. For the real one, start the server with its address:'
              : 'Twilio cannot reach this server. Make it reachable by HTTPS (for a trial, by a tunnel such as ngrok), and start it with its address:'}
          </p>
          <CodeBlock label="Copy the variable">PUBLIC_URL=https://your-domain.com</CodeBlock>
          <p>
            Calls come in at <span className="font-mono break-all">{new URL(webhooks.voice_url).pathname}</span>.
          </p>
        </>
      }
    />
  )
}

const VERDICTS = { up: 'good', degraded: 'doubtful', down: 'bad' } as const

const PROBLEMS: Record<string, string | undefined> = {
  timeout: 'does not answer in time',
  unreachable: 'is not reached',
  connect: 'is not reached',
  unauthorized: 'refuses the key',
  quota_exhausted: 'has no credit left',
  rate_limited: 'is asked too often',
  model_missing: 'lacks its model: music is taken for speech',
}

function Part({ label, part: { status, served_by, problem } }: { label: string; part: Schema<'Part'> }) {
  const wrong = problem && (PROBLEMS[problem] ?? `fails (${problem})`)
  return <Row verdict={VERDICTS[status]} label={label} value={wrong ? `${served_by} ${wrong}` : served_by} />
}

const LOOKS = {
  good: { icon: CircleCheck, look: 'text-success-text', words: 'Works' },
  doubtful: { icon: TriangleAlert, look: 'text-warning-text', words: 'Works with limits' },
  bad: { icon: CircleAlert, look: 'text-destructive-text', words: 'Does not work' },
}

function Row({ verdict, label, value, more }: { verdict: keyof typeof LOOKS; label: string; value: string; more?: ReactNode }) {
  const { icon: Icon, look, words } = LOOKS[verdict]
  return (
    <li className="border-b px-5 py-2.5 last:border-b-0">
      <div className="flex items-start gap-3">
        <Icon className={`mt-0.5 size-4 shrink-0 ${look}`} aria-label={words} role="img" />
        <span className="w-44 shrink-0 max-sm:w-32">{label}</span>
        <span className="min-w-0 flex-1 text-right break-words text-muted-foreground">{value}</span>
      </div>
      {more && <div className="mt-2 space-y-2 pl-7 text-sm text-muted-foreground">{more}</div>}
    </li>
  )
}
