import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { Card } from '@/components/ui/card'
import type { Schema } from '@/lib/api'
import { formatDate } from '@/lib/format'
import { warningsQuery } from '../api/queries'

type Warning = Schema<'Attention'>

/** What needs somebody's attention; nothing, where nothing does. */
export function Warnings() {
  const { data } = useQuery(warningsQuery)
  if (!data || data.items.length === 0) return null
  return (
    <Card aria-label="Needs attention" className="overflow-hidden">
      <ul className="divide-y">
        {data.items.map((warning, at) => (
          <li key={at} className="flex items-start gap-3 bg-warning-soft px-5 py-3 text-warning-text">
            <TriangleAlert className="mt-0.5 size-4 shrink-0" aria-hidden />
            <p className="min-w-0">
              <Words warning={warning} />
            </p>
          </li>
        ))}
      </ul>
    </Card>
  )
}

const STAGES: Record<string, string> = { speech_to_text: 'speech to text', language_model: 'the language model', text_to_speech: 'text to speech' }

/** In words of this page: the API's name its paths. */
function Words({ warning }: { warning: Warning }): ReactNode {
  switch (warning.kind) {
    case 'model_shutdown':
      return (
        <>
          <strong className="font-medium">{warning.model}</strong>
          {warning.stage && ` (${STAGES[warning.stage] ?? warning.stage})`} goes out of service
          {warning.shutdown_date && ` on ${formatDate(`${warning.shutdown_date}T12:00:00Z`)}`}. Choose another model for the <Link to="/agents" className="underline">agents</Link> that name it
          {warning.is_own ? (
            <>
              , or in the <Link to="/settings" className="underline">settings</Link>.
            </>
          ) : (
            '; the server’s own default is its operator’s to change.'
          )}
        </>
      )
    case 'number_drifted':
      return (
        <>
          A phone number’s settings at Twilio are not as they should be: its calls may not come here. <NumberLink id={warning.phone_number_id}>Set them right</NumberLink>.
        </>
      )
    case 'number_failing':
      return (
        <>
          Twilio does not take a phone number’s credentials, or does not have the number any more. <NumberLink id={warning.phone_number_id}>See which</NumberLink>.
        </>
      )
    case 'webhook_disabled':
      return (
        <>
          A webhook endpoint took nothing for too long, or said that it is gone: it is told nothing any more.{' '}
          {warning.webhook_endpoint_id != null && (
            <Link to="/webhooks/$webhookId" params={{ webhookId: warning.webhook_endpoint_id }} className="underline">
              See which
            </Link>
          )}
        </>
      )
    case 'dead_jobs':
      return (
        <>
          Background work was given up after all its tries. <Link to="/jobs" className="underline">See the jobs</Link>.
        </>
      )
    default:
      return warning.message
  }
}

function NumberLink({ id, children }: { id: string | null | undefined; children: ReactNode }) {
  if (!id) {
    return (
      <Link to="/numbers" className="underline">
        {children}
      </Link>
    )
  }
  return (
    <Link to="/numbers/$numberId" params={{ numberId: id }} className="underline">
      {children}
    </Link>
  )
}
