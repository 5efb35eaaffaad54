import { Alert } from '@/components/ui/alert'
import { CodeBlock } from '@/components/ui/copy-button'
import { type Schema } from '@/lib/api'
import { formatLatency } from '@/lib/format'
import { deliveryError, pretty } from '../api/words'

/** What came of a test message. */
export function TrialReport({ trial }: { trial: Schema<'WebhookTrial'> }) {
  const answered = trial.status == null ? '' : ` It answered ${trial.status}.`
  return (
    <Alert tone={trial.is_ok ? 'success' : 'destructive'} title={trial.is_ok ? `The test message was taken in ${formatLatency(trial.latency_ms)}` : 'The test message was not taken'}>
      {!trial.is_ok && <p>{`${trial.error ? deliveryError(trial.error) : 'It failed'}.${answered} After ${formatLatency(trial.latency_ms)}.`}</p>}
      {trial.response_body && (
        <CodeBlock label="Copy answer" className="mt-2 bg-card text-foreground">
          {pretty(trial.response_body)}
        </CodeBlock>
      )}
    </Alert>
  )
}
