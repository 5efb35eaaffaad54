import { GitCompareArrows, History } from 'lucide-react'
import { useState } from 'react'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { Card, CardContent, CardHeader } from '@/components/ui/card'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { type Column, DataTable } from '@/components/ui/data-table'
import { Label } from '@/components/ui/label'
import { Select } from '@/components/ui/select'
import { EmptyState } from '@/components/ui/states'
import { Time } from '@/components/ui/time'
import { toast } from '@/components/ui/toast'
import { useCan } from '@/lib/session'
import { type Agent, type Version, useRollBack, useVersions, useWho } from '../api/queries'
import { Changes } from './changes'

const DRAFT = 'draft'

/** What was published, when, by whom and why; any two compared, any one gone back to. */
export function Versions({ agent, isDirty }: { agent: Agent; isDirty: boolean }) {
  const list = useVersions(agent.id)
  const who = useWho()
  const mayManage = useCan('manage')
  const [pair, setPair] = useState<{ from: string; to: string }>()
  const [going, setGoing] = useState<Version>()
  const now = agent.published.number
  const versions = list.items ?? []

  const columns: Column<Version>[] = [
    {
      id: 'version',
      header: 'Version',
      className: 'w-px whitespace-nowrap',
      cell: (version) => (
        <span className="flex items-center gap-2 font-medium">
          {version.number}
          {version.number === now && <Badge tone="success">Live</Badge>}
        </span>
      ),
    },
    {
      id: 'published',
      header: 'Published',
      cell: (version) => (
        <>
          <span className="block">
            <Time at={version.published_at} /> <span className="text-muted-foreground">· {who(version.published_by)}</span>
          </span>
          {version.note && <span className="block text-sm break-words text-muted-foreground">{version.note}</span>}
        </>
      ),
    },
    {
      id: 'actions',
      header: <span className="sr-only">Actions</span>,
      className: 'w-px text-right whitespace-nowrap',
      cell: (version) => (
        <span className="inline-flex gap-2">
          <Button size="sm" variant="ghost" aria-label={`Compare version ${version.number}`} onClick={() => setPair(comparison(version.number, now))}>
            <GitCompareArrows aria-hidden />
            <span className="max-sm:sr-only">Compare</span>
          </Button>
          {mayManage && version.number !== now && (
            <Button size="sm" aria-label={`Roll back to version ${version.number}`} onClick={() => setGoing(version)}>
              <History aria-hidden />
              <span className="max-sm:sr-only">Roll back</span>
            </Button>
          )}
        </span>
      ),
    },
  ]
  return (
    <div className="space-y-6">
      {pair && <Comparison agent={agent} versions={versions} pair={pair} setPair={setPair} close={() => setPair(undefined)} />}
      <div>
        <DataTable label="Versions" columns={columns} list={list} rowKey={(version) => String(version.number)} empty={<EmptyState icon={History} title="No versions yet" />} expected={3} />
      </div>
      {going && <RollBack agent={agent} version={going} isDirty={isDirty} close={() => setGoing(undefined)} />}
    </div>
  )
}

/** An old version is compared with what is live; the live one with the draft. */
function comparison(number: number, now: number) {
  return { from: String(number), to: number === now ? DRAFT : String(now) }
}

interface ComparisonProps {
  agent: Agent
  versions: Version[]
  pair: { from: string; to: string }
  setPair: (pair: { from: string; to: string }) => void
  close: () => void
}

function Comparison({ agent, versions, pair, setPair, close }: ComparisonProps) {
  const settingsOf = (key: string) => (key === DRAFT ? agent.draft : versions.find((version) => String(version.number) === key)?.settings)
  const options = [{ value: DRAFT, label: 'Draft' }, ...versions.map(({ number }) => ({ value: String(number), label: `Version ${number}${number === agent.published.number ? ' (live)' : ''}` }))]
  const [before, after] = [settingsOf(pair.from), settingsOf(pair.to)]
  return (
    <Card aria-label="Comparison">
      <CardHeader
        title="Compare"
        actions={
          <Button size="sm" onClick={close}>
            Close
          </Button>
        }
      />
      <CardContent className="space-y-4">
        <div className="grid gap-4 sm:grid-cols-2">
          <div className="space-y-1.5">
            <Label htmlFor="compare-from">From</Label>
            <Select id="compare-from" options={options} value={pair.from} onChange={(from) => setPair({ ...pair, from })} />
          </div>
          <div className="space-y-1.5">
            <Label htmlFor="compare-to">To</Label>
            <Select id="compare-to" options={options} value={pair.to} onChange={(to) => setPair({ ...pair, to })} />
          </div>
        </div>
        {before && after && <Changes before={before} after={after} none="They are the same." />}
      </CardContent>
    </Card>
  )
}

function RollBack({ agent, version, isDirty, close }: { agent: Agent; version: Version; isDirty: boolean; close: () => void }) {
  const rollBack = useRollBack(agent.id)
  const run = async () => {
    const { published } = await rollBack.mutateAsync(version.number)
    toast.done(`Version ${published.number} is live: a copy of version ${version.number}`)
  }
  return (
    <ConfirmDialog open onOpenChange={(open) => !open && close()} title={`Roll back to version ${version.number}?`} confirm="Roll back" destructive={agent.differs || isDirty} onConfirm={run}>
      <div className="space-y-3">
        <p>A copy of it is published as version {agent.published.number + 1} and answers from the next conversation on. It becomes the draft as well{agent.differs || isDirty ? ': the unpublished changes of the draft are lost' : ''}.</p>
        <div className="max-h-64 overflow-y-auto text-foreground">
          <Changes before={agent.published.settings} after={version.settings} none="It is the same as what is live." />
        </div>
      </div>
    </ConfirmDialog>
  )
}
