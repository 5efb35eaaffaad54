import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Bot, History, Keyboard, Mic } from 'lucide-react'
import { QuickStart } from '@/components/quick-start'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { Label } from '@/components/ui/label'
import { Select } from '@/components/ui/select'
import { Skeleton } from '@/components/ui/skeleton'
import { EmptyState, ErrorState } from '@/components/ui/states'
import { useCan } from '@/lib/session'
import { agentsQuery, personasQuery } from '../api/queries'
import type { Cast } from '../talk'

interface StartProps {
  cast: Cast
  /** One that can be gone on with. */
  session?: string
  onCast: (cast: Cast) => void
  onStart: (withVoice: boolean) => void
  onResume: (withVoice: boolean) => void
  onForget: () => void
}

/** A select has no empty value. */
const OWN = 'own'

/** Who is talked to, and how. */
export function Start({ cast, session, onCast, onStart, onResume, onForget }: StartProps) {
  const agents = useQuery(agentsQuery)
  const personas = useQuery(personasQuery)
  const mayManage = useCan('manage')
  const error = agents.error ?? personas.error
  const retry = () => {
    void agents.refetch()
    void personas.refetch()
  }
  if (error && !(agents.data && personas.data)) {
    return (
      <Card>
        <ErrorState error={error} retry={retry} />
      </Card>
    )
  }
  if (!agents.data || !personas.data) return <Skeleton className="mx-auto h-[21rem] max-w-xl" />
  const { items } = agents.data
  if (items.length === 0) {
    return (
      <Card>
        <EmptyState icon={Bot} title="There is no agent to talk to">
          {mayManage ? 'Choose what it is for: it is made and answers at once, and everything about it can be changed afterwards.' : 'Once there is one, you talk to it here.'}
        </EmptyState>
        {mayManage && (
          <div className="space-y-4 px-5 pb-6">
            <QuickStart />
            <p className="text-center text-sm text-muted-foreground">
              Or <Link to="/agents" className="font-medium text-primary-text underline-offset-4 hover:underline">make one from nothing</Link>.
            </p>
          </div>
        )}
      </Card>
    )
  }
  // As the server: the oldest one without a choice.
  const chosen = items.find((agent) => agent.id === cast.agent) ?? items.at(-1)
  return (
    <Card className="mx-auto max-w-xl p-5 sm:p-6">
      {session && (
        <div className="mb-5 flex flex-wrap items-center gap-3 rounded-md border bg-muted/40 px-3 py-2.5">
          <History className="size-4 shrink-0 text-muted-foreground" aria-hidden />
          <p className="min-w-48 flex-1 text-sm">A conversation was going on here. It remembers what was said.</p>
          <div className="flex gap-2">
            <Button size="sm" variant="ghost" onClick={onForget}>
              Forget
            </Button>
            <Button size="sm" onClick={() => onResume(false)}>
              Go on with it
            </Button>
          </div>
        </div>
      )}
      <div className="grid gap-4 sm:grid-cols-2">
        <div className="space-y-1.5">
          <Label htmlFor="agent">Agent</Label>
          <Select id="agent" value={chosen?.id ?? ''} onChange={(agent) => onCast({ ...cast, agent })} options={items.map((agent) => ({ value: agent.id, label: agent.name }))} />
        </div>
        <div className="space-y-1.5">
          <Label htmlFor="persona">Persona</Label>
          <Select
            id="persona"
            value={cast.persona ?? OWN}
            onChange={(persona) => onCast({ ...cast, persona: persona === OWN ? undefined : persona })}
            options={[{ value: OWN, label: 'The agent’s own' }, ...personas.data.personas.map((persona) => ({ value: persona.name, label: persona.title }))]}
          />
        </div>
      </div>
      <div className="mt-6 grid gap-3 sm:grid-cols-2">
        <Way icon={Mic} primary title="Talk" text="Speak and listen. Interrupt it whenever you like." onClick={() => onStart(true)} />
        <Way icon={Keyboard} title="Write" text="Type, and read or hear the answers. Speak later." onClick={() => onStart(false)} />
      </div>
      <p className="mt-4 text-sm text-muted-foreground">
        This counts as a conversation: it is in the usage, and recorded if the agent records. The agent answers as it is published.
      </p>
    </Card>
  )
}

function Way({ icon: Icon, title, text, primary = false, onClick }: { icon: typeof Mic; title: string; text: string; primary?: boolean; onClick: () => void }) {
  const look = primary ? 'border-primary bg-primary-soft hover:bg-primary-soft/70' : 'border-input bg-card hover:bg-muted'
  return (
    <button type="button" onClick={onClick} className={`flex items-start gap-3 rounded-lg border p-4 text-left shadow-xs transition-colors ${look}`}>
      <span className={`grid size-9 shrink-0 place-items-center rounded-full ${primary ? 'bg-primary text-primary-foreground' : 'bg-muted'}`}>
        <Icon className="size-4.5" aria-hidden />
      </span>
      <span className="min-w-0">
        <span className="block font-semibold">{title}</span>
        <span className={primary ? 'block text-sm text-foreground' : 'block text-sm text-muted-foreground'}>{text}</span>
      </span>
    </button>
  )
}
