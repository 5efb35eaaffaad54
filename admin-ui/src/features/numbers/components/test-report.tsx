import { CircleCheck, CircleMinus, CircleX } from 'lucide-react'
import { Badge } from '@/components/ui/badge'
import { Card, CardHeader } from '@/components/ui/card'
import type { Schema } from '@/lib/api'

const NAMES: Record<string, string> = {
  credentials: 'Credentials',
  number: 'Number',
  webhooks: 'Webhooks at Twilio',
  public_url: 'Public address',
  reachable: 'Reachable from outside',
  signature: 'Signed webhook',
}

const VERDICTS = {
  ok: { icon: CircleCheck, look: 'text-success-text', words: 'Passed' },
  failed: { icon: CircleX, look: 'text-destructive-text', words: 'Failed' },
  skipped: { icon: CircleMinus, look: 'text-muted-foreground', words: 'Skipped' },
}

/** What a test found, check by check. */
export function TestReport({ report }: { report: Schema<'TestReport'> }) {
  const failed = report.checks.filter((check) => check.verdict === 'failed').length
  return (
    <Card role="status" aria-label="Test result">
      <CardHeader
        title="Test"
        description={report.passed ? 'A call would come through.' : 'A call would not come through. Mend the first failed check, then test again.'}
        actions={report.passed ? <Badge tone="success">Passed</Badge> : <Badge tone="destructive">{failed > 0 ? `${failed} failed` : 'Not complete'}</Badge>}
      />
      <ul className="border-t">
        {report.checks.map(({ check, verdict, message }) => {
          const { icon: Icon, look, words } = VERDICTS[verdict]
          return (
            <li key={check} className="flex gap-3 border-b px-5 py-3 last:border-b-0">
              <Icon className={`mt-0.5 size-4 shrink-0 ${look}`} aria-label={words} />
              <div className="min-w-0">
                <p className="font-medium">{NAMES[check] ?? check}</p>
                <p className="text-sm break-words text-muted-foreground">{message}</p>
              </div>
            </li>
          )
        })}
      </ul>
    </Card>
  )
}
