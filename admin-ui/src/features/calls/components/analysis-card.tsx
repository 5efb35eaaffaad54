import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { LoaderCircle, Sparkles } from 'lucide-react'
import { type SubmitEvent, useId, useState } from 'react'
import { Alert } from '@/components/ui/alert'
import { Badge, type BadgeTone } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { Card, CardContent, CardHeader } from '@/components/ui/card'
import { Dialog, DialogContent, DialogFooter } from '@/components/ui/dialog'
import { Textarea } from '@/components/ui/input'
import { Label } from '@/components/ui/label'
import { Skeleton } from '@/components/ui/skeleton'
import { ErrorState } from '@/components/ui/states'
import { Time } from '@/components/ui/time'
import { asProblem } from '@/lib/api'
import { isRecord, modelName, sentence } from '@/lib/conversations'
import { formatMoney } from '@/lib/format'
import { useCan } from '@/lib/session'
import { type Analysis, analysesQuery, isUnderWay, requestAnalysis } from '../api/detail'
import { keys } from '../api/list'

/** Why there is no analysis, in words. */
const REASONS: Record<string, string> = {
  no_language_model: 'No language model is set up. Add one under Settings, or ask whoever runs the server.',
  nothing_said: 'Nothing was said that could be analysed.',
  spend_limit: 'Today’s spend limit is reached.',
  invalid_answer: 'The model’s answer did not fit what was asked.',
  answer_too_long: 'The model’s answer was too long.',
  model_refused: 'The model refused to answer.',
  content_filter: 'The provider’s content filter stopped the answer.',
  lost: 'It was lost when a server stopped. Run it again.',
}

export function AnalysisCard({ conversation }: { conversation: string }) {
  const { data, error, refetch } = useQuery(analysesQuery(conversation))
  const [isAsking, setIsAsking] = useState(false)
  const mayRun = useCan('calls')
  const newest = data?.items[0]
  const shown = data?.items.find(({ is_current }) => is_current) ?? newest
  const earlier = data?.items.filter(({ id }) => id !== shown?.id) ?? []
  const run = (
    <Button size="sm" disabled={newest !== undefined && isUnderWay(newest)} onClick={() => setIsAsking(true)}>
      {data?.items.length ? 'Run again' : 'Analyse'}
    </Button>
  )
  return (
    <Card aria-label="Analysis">
      <CardHeader title="Analysis" actions={data && mayRun && run} />
      <CardContent aria-live="polite" className="space-y-4">
        {error && !data ? (
          <ErrorState error={error} retry={() => void refetch()} className="px-0 py-4" />
        ) : !data ? (
          <div className="space-y-2">
            <Skeleton className="h-4" />
            <Skeleton className="h-4 w-2/3" />
          </div>
        ) : (
          <>
            {newest && newest.id !== shown?.id && isUnderWay(newest) && <UnderWay />}
            {shown ? <Shown analysis={shown} /> : <p className="text-sm text-muted-foreground">{mayRun ? 'Not analysed yet. A language model reads the transcript and sums it up.' : 'Not analysed yet.'}</p>}
            {earlier.length > 0 && <History analyses={earlier} />}
          </>
        )}
      </CardContent>
      <Dialog open={isAsking} onOpenChange={setIsAsking}>
        <DialogContent title="Analyse this conversation" description="The new analysis becomes the conversation’s when it is ready. Earlier ones stay in the history.">
          <Ask conversation={conversation} before={shown?.instructions ?? ''} close={() => setIsAsking(false)} />
        </DialogContent>
      </Dialog>
    </Card>
  )
}

function UnderWay() {
  return (
    <p className="flex items-center gap-2 text-sm text-muted-foreground">
      <LoaderCircle className="size-4 animate-spin" aria-hidden />
      The model reads the transcript…
    </p>
  )
}

const SENTIMENTS: Record<string, BadgeTone> = { positive: 'success', negative: 'destructive', mixed: 'warning', neutral: 'neutral' }

function Shown({ analysis }: { analysis: Analysis }) {
  if (isUnderWay(analysis)) return <UnderWay />
  if (analysis.state !== 'ready') {
    const kind = analysis.error_kind ?? ''
    return (
      <Alert tone={analysis.state === 'failed' ? 'destructive' : 'info'} title={analysis.state === 'failed' ? 'The analysis failed' : 'Not analysed'}>
        {REASONS[kind] ?? (kind ? `The provider said: ${sentence(kind).toLowerCase()}.` : 'No reason is known.')}
      </Alert>
    )
  }
  const fields = isRecord(analysis.fields) ? Object.entries(analysis.fields) : []
  return (
    <div className="space-y-3">
      <div className="flex flex-wrap gap-1.5">
        {analysis.outcome && (
          <Badge tone="primary" title={analysis.outcomes.find(({ name }) => name === analysis.outcome)?.description}>
            {sentence(analysis.outcome)}
          </Badge>
        )}
        {analysis.sentiment && <Badge tone={SENTIMENTS[analysis.sentiment] ?? 'neutral'}>{sentence(analysis.sentiment)}</Badge>}
      </div>
      <p className="whitespace-pre-wrap">{analysis.summary}</p>
      {fields.length > 0 && (
        <dl className="space-y-1.5 border-t pt-3">
          {fields.map(([name, value]) => (
            <div key={name} className="grid grid-cols-[minmax(0,2fr)_minmax(0,3fr)] gap-2">
              <dt className="text-sm break-words text-muted-foreground">{sentence(name)}</dt>
              <dd className="break-words">{valueOf(value)}</dd>
            </div>
          ))}
        </dl>
      )}
      <p className="text-sm text-muted-foreground">
        {analysis.model && modelName(analysis.model)}
        {typeof analysis.cost_usd === 'number' && ` · ${formatMoney(analysis.cost_usd)}`}
        {analysis.ready_at && (
          <>
            {' · '}
            <Time at={analysis.ready_at} />
          </>
        )}
      </p>
      {analysis.left_out_lines > 0 && <p className="text-sm text-muted-foreground">The transcript is long: {analysis.left_out_lines} lines of its middle were left out.</p>}
    </div>
  )
}

function valueOf(value: unknown): string {
  if (value === null || value === undefined || value === '') return '–'
  if (typeof value === 'boolean') return value ? 'Yes' : 'No'
  if (Array.isArray(value)) return value.length === 0 ? '–' : value.map(valueOf).join(', ')
  if (typeof value === 'string' || typeof value === 'number') return String(value)
  return JSON.stringify(value)
}

function History({ analyses }: { analyses: readonly Analysis[] }) {
  return (
    <details className="border-t pt-3">
      <summary className="cursor-pointer text-sm text-muted-foreground">{analyses.length === 1 ? 'One earlier analysis' : `${analyses.length} earlier analyses`}</summary>
      <ol className="mt-3 space-y-4">
        {analyses.map((analysis) => (
          <li key={analysis.id} className="border-l-2 pl-3">
            <Shown analysis={analysis} />
            {analysis.instructions && <p className="mt-1 text-sm text-muted-foreground">Asked: {analysis.instructions}</p>}
          </li>
        ))}
      </ol>
    </details>
  )
}

const MOST_LETTERS = 5_000

function Ask({ conversation, before, close }: { conversation: string; before: string; close: () => void }) {
  const id = useId()
  const client = useQueryClient()
  const [instructions, setInstructions] = useState(before)
  const ask = useMutation({
    mutationFn: () => requestAnalysis(conversation, instructions === before ? undefined : instructions.trim() || null),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: keys.detail(conversation, 'analyses') })
      close()
    },
  })
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    ask.mutate()
  }
  return (
    <form className="space-y-4" onSubmit={submit}>
      {ask.isError && <Alert tone="destructive">{asProblem(ask.error).detail}</Alert>}
      <div className="space-y-1.5">
        <Label htmlFor={id}>Instructions</Label>
        <Textarea id={id} rows={4} maxLength={MOST_LETTERS} placeholder="Mind what was said about allergies." value={instructions} onChange={(event) => setInstructions(event.target.value)} />
        <p className="text-sm text-muted-foreground">Said to the model beside what it is asked anyway: a summary, the outcome, how the caller felt, and the agent’s fields.</p>
      </div>
      <DialogFooter>
        <Button onClick={close}>Cancel</Button>
        <Button type="submit" variant="primary" pending={ask.isPending}>
          <Sparkles aria-hidden />
          Analyse
        </Button>
      </DialogFooter>
    </form>
  )
}
