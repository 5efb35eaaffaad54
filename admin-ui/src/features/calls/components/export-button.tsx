import { Download } from 'lucide-react'
import { useRef, useState } from 'react'
import { Alert } from '@/components/ui/alert'
import { Button } from '@/components/ui/button'
import { Dialog, DialogContent, DialogFooter } from '@/components/ui/dialog'
import { asProblem } from '@/lib/api'
import { type Conversation, durationOf, endingOf } from '@/lib/conversations'
import { saveFile } from '@/lib/save-file'
import { formatCount } from '@/lib/format'
import { MOST_EXPORTED, allConversations } from '../api/list'
import { line } from '../csv'
import type { CallFilters } from '../filters'

type Export = { state: 'idle' } | { state: 'running'; rows: number } | { state: 'done'; rows: number; isWhole: boolean } | { state: 'failed'; error: unknown }

const HEAD = ['conversation', 'call_sid', 'channel', 'from', 'to', 'customer', 'customer_id', 'agent', 'agent_version', 'started_at', 'ended_at', 'duration_s', 'status', 'end', 'turns', 'interrupted', 'reply_latency_p50_ms', 'reply_latency_p95_ms', 'recorded', 'outcome', 'sentiment', 'summary']

function row(one: Conversation): string {
  const { call, totals, analysis } = one
  return line([
    one.id,
    call?.call_sid,
    one.channel,
    call?.from_number,
    call?.to_number,
    one.customer_name ?? one.customer_external_id,
    one.customer_id,
    one.agent_name,
    one.agent_version,
    one.started_at,
    one.ended_at,
    one.ended_at ? Math.round(durationOf(one)) : undefined,
    call?.status ?? one.status,
    endingOf(one.end_reason)?.label,
    totals?.turns,
    totals?.interrupted,
    totals?.reply_latency_p50_ms,
    totals?.reply_latency_p95_ms,
    one.is_recorded,
    analysis?.outcome,
    analysis?.sentiment,
    analysis?.summary,
  ])
}

/** Writes what the filters leave into a CSV file. */
export function ExportButton({ filters }: { filters: CallFilters }) {
  const [now, setNow] = useState<Export>({ state: 'idle' })
  const abort = useRef<AbortController>(undefined)
  const close = () => {
    abort.current?.abort()
    setNow({ state: 'idle' })
  }
  const run = async () => {
    const controller = new AbortController()
    abort.current = controller
    const parts = [line(HEAD)]
    const countRows = () => parts.length - 1
    setNow({ state: 'running', rows: 0 })
    try {
      const { isWhole } = await allConversations(
        filters,
        (page) => {
          for (const one of page) parts.push(row(one))
          setNow({ state: 'running', rows: countRows() })
        },
        controller.signal,
      )
      // The mark tells spreadsheets that it is UTF-8.
      saveFile(new Blob(['\uFEFF', ...parts], { type: 'text/csv;charset=utf-8' }), `calls-${new Date().toISOString().slice(0, 10)}.csv`)
      setNow({ state: 'done', rows: countRows(), isWhole })
    } catch (error) {
      if (!controller.signal.aborted) setNow({ state: 'failed', error })
    }
  }
  return (
    <>
      <Button onClick={() => void run()}>
        <Download aria-hidden />
        Export CSV
      </Button>
      <Dialog open={now.state !== 'idle'} onOpenChange={(open) => !open && close()}>
        <DialogContent title="Export CSV" description="What the filters leave, a line each.">
          <div aria-live="polite">
            {now.state === 'running' && <p className="tabular-nums">{formatCount(now.rows)} so far…</p>}
            {now.state === 'done' && (
              <Alert tone={now.isWhole ? 'success' : 'warning'}>
                {now.isWhole
                  ? `${formatCount(now.rows)} ${now.rows === 1 ? 'line' : 'lines'} saved.`
                  : `The newest ${formatCount(now.rows)} are saved: a file holds ${formatCount(MOST_EXPORTED)} at most. Narrow the dates for the rest.`}
              </Alert>
            )}
            {now.state === 'failed' && <Alert tone="destructive">{asProblem(now.error).detail}</Alert>}
          </div>
          <DialogFooter>
            {now.state === 'failed' && <Button onClick={() => void run()}>Try again</Button>}
            <Button variant={now.state === 'done' ? 'primary' : 'secondary'} onClick={close}>
              {now.state === 'running' ? 'Cancel' : 'Close'}
            </Button>
          </DialogFooter>
        </DialogContent>
      </Dialog>
    </>
  )
}
