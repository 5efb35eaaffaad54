import { useState } from 'react'
import { Alert } from '@/components/ui/alert'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { Card, CardContent, CardHeader } from '@/components/ui/card'
import { CodeBlock } from '@/components/ui/copy-button'
import { Textarea } from '@/components/ui/input'
import { Label } from '@/components/ui/label'
import { type Schema, asProblem } from '@/lib/api'
import { formatLatency } from '@/lib/format'
import { type Tool, useTryTool } from '../api/queries'

const EXAMPLES: Record<string, unknown> = { string: '', number: 0, integer: 0, boolean: true, array: [] }

/** Arguments to begin with: a value of its type for each parameter. */
export function exampleOf(parameters: unknown): string {
  const { properties } = (parameters ?? {}) as { properties?: Record<string, { type?: string; enum?: unknown[] }> }
  const example = Object.entries(properties ?? {}).map(([name, { type, enum: choices }]) => [name, choices?.[0] ?? EXAMPLES[type ?? ''] ?? null])
  return JSON.stringify(Object.fromEntries(example), null, 2)
}

/** Calls the tool once, as it is saved, and shows what a model would read. */
export function TryCard({ tool, isDirty, disabled }: { tool: Tool; isDirty: boolean; disabled: boolean }) {
  const [text, setText] = useState(() => exampleOf(tool.parameters))
  const [fault, setFault] = useState<string>()
  const trial = useTryTool(tool.id)
  const run = () => {
    try {
      const args: unknown = JSON.parse(text)
      setFault(undefined)
      trial.mutate(args)
    } catch {
      setFault('The arguments are not JSON.')
    }
  }
  return (
    <Card>
      <CardHeader title="Try it" description="Calls the address for real, with the tool as it is saved." />
      <CardContent className="space-y-3">
        <div className="space-y-1.5">
          <Label htmlFor="arguments">Arguments</Label>
          <Textarea id="arguments" spellCheck={false} aria-invalid={fault ? true : undefined} aria-describedby={fault ? 'arguments-fault' : undefined} className="font-mono text-sm md:text-sm" value={text} onChange={(event) => setText(event.target.value)} />
          {fault && (
            <p id="arguments-fault" role="alert" className="text-sm text-destructive-text">
              {fault}
            </p>
          )}
        </div>
        {isDirty && <p className="text-sm text-warning-text">Your unsaved changes are not tried: save first.</p>}
        <Button className="w-full" pending={trial.isPending} disabled={disabled} title={disabled ? 'Your role cannot call tools' : undefined} onClick={run}>
          Call tool
        </Button>
        <div aria-live="polite" className="space-y-3">
          {trial.error && <Alert tone="destructive">{asProblem(trial.error).detail}</Alert>}
          {trial.data && <Result result={trial.data} />}
        </div>
      </CardContent>
    </Card>
  )
}

function Result({ result }: { result: Schema<'TrialResult'> }) {
  return (
    <>
      <div className="flex flex-wrap items-center gap-2">
        <Badge tone={result.is_ok ? 'success' : 'destructive'}>{result.is_ok ? 'It worked' : 'It failed'}</Badge>
        {result.status != null && <Badge tone="outline">HTTP {result.status}</Badge>}
        <span className="text-sm text-muted-foreground tabular-nums">{formatLatency(result.latency_ms)}</span>
      </div>
      {result.problem && <p className="text-sm break-words">{result.problem.message}</p>}
      <div className="space-y-1">
        <p className="text-sm text-muted-foreground">What the model reads</p>
        <CodeBlock label="Copy what the model reads">{result.seen_by_model || '(nothing)'}</CodeBlock>
      </div>
    </>
  )
}
