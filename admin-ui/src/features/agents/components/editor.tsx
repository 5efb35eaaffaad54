import { zodResolver } from '@hookform/resolvers/zod'
import { useRouter } from '@tanstack/react-router'
import { Ellipsis, MessageSquareText, Phone, Trash2 } from 'lucide-react'
import { useMemo, useState } from 'react'
import { type FieldErrors, type FieldPath, useForm } from 'react-hook-form'
import { RegisterNumberDialog } from '@/components/register-number'
import { Alert } from '@/components/ui/alert'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { DropdownMenu, DropdownMenuContent, DropdownMenuItem, DropdownMenuTrigger } from '@/components/ui/dropdown-menu'
import { Form } from '@/components/ui/form'
import { PageHeader } from '@/components/ui/page-header'
import { Tabs, TabsContent, TabsList, TabsTrigger } from '@/components/ui/tabs'
import { toast } from '@/components/ui/toast'
import { UnsavedGuard } from '@/components/unsaved-guard'
import { asProblem } from '@/lib/api'
import { showProblem } from '@/lib/form'
import { useShortcut } from '@/lib/keyboard'
import { useCan } from '@/lib/session'
import { type Agent, useChangeAgent, useDeleteAgent, useFreshAgent } from '../api/queries'
import { type AgentForm, type Settings, fieldOf, schema, tabOf, toForm, toSettings } from '../model/form'
import type { AgentTab } from '../model/tabs'
import { AnalysisTab } from './analysis-tab'
import { CallsTab } from './calls-tab'
import { ConflictDialog } from './conflict-dialog'
import { ConversationTab } from './conversation-tab'
import { PublishDialog } from './publish-dialog'
import { TestPanel } from './test-panel'
import { ToolsTab } from './tools-tab'
import { TurnsTab } from './turns-tab'
import { Versions } from './versions'
import { VoiceTab } from './voice-tab'

const LABELS: Record<AgentTab, string> = {
  conversation: 'Conversation',
  voice: 'Voice and model',
  tools: 'Tools',
  turns: 'Turn-taking',
  calls: 'Calls',
  analysis: 'Analysis',
  versions: 'Versions',
}

interface EditorProps {
  agent: Agent
  tab: AgentTab
  onTab: (tab: AgentTab) => void
}

export function Editor({ agent, tab, onTab }: EditorProps) {
  const mayManage = useCan('manage')
  const change = useChangeAgent(agent.id)
  const fresh = useFreshAgent(agent.id)
  const [dialog, setDialog] = useState<'publish' | 'delete' | 'register'>()
  const [conflict, setConflict] = useState<Agent>()
  // What the form began from: its revision says on what a change is made.
  const [base, setBase] = useState(agent)
  const kept = useMemo(() => toForm(base.name, base.draft), [base])
  const form = useForm<AgentForm>({ resolver: zodResolver(schema), values: kept })
  const { isDirty, isSubmitting, errors } = form.formState
  const isBehind = agent.revision !== base.revision
  if (isBehind && !isDirty && !isSubmitting) setBase(agent)

  const adopt = (saved: Agent) => {
    setBase(saved)
    form.reset(toForm(saved.name, saved.draft))
  }
  /** Puts a problem to its field, and the field before one's eyes. */
  const place = (error: unknown) => {
    const { errors } = asProblem(error)
    const names = Object.fromEntries(Object.entries(errors).map(([field, message]) => [field, fieldOf(field, message) as FieldPath<AgentForm>]))
    const [first] = Object.values(names)
    if (first) onTab(tabOf(first))
    showProblem(form, error, names)
  }
  const save = async (values: AgentForm, revision: number): Promise<Agent | undefined> => {
    try {
      const saved = await change.mutateAsync({ name: values.name, revision, ...toSettings(values, base.draft) })
      adopt(saved)
      setConflict(undefined)
      return saved
    } catch (error) {
      if (asProblem(error).code === 'stale_revision') setConflict(await fresh())
      else place(error)
      return undefined
    }
  }
  const submit = async (values: AgentForm) => {
    if (await save(values, base.revision)) toast.done('Draft saved')
  }
  const showFirstError = (errors: FieldErrors<AgentForm>) => {
    const [first] = Object.keys(errors)
    if (first && first !== 'root' && tabOf(first) !== tab) onTab(tabOf(first))
  }
  const saveDraft = () => void form.handleSubmit(submit, showFirstError)()
  const publish = () => {
    if (!isDirty) { setDialog('publish'); return; }
    const saveFirst = async (values: AgentForm) => {
      if (await save(values, base.revision)) setDialog('publish')
    }
    void form.handleSubmit(saveFirst, showFirstError)()
  }
  useShortcut('s', () => {
    if (mayManage && isDirty && !isSubmitting) saveDraft()
  })
  const onRefused = (error: unknown) => {
    if (Object.keys(asProblem(error).errors).length === 0) return false
    place(error)
    return true
  }

  const tabs = (Object.keys(LABELS) as AgentTab[]).filter((tab) => tab !== 'analysis' || 'analysis' in base.draft)
  const faulty = new Set(Object.keys(errors).map(tabOf))
  const props = { form, readOnly: !mayManage }
  return (
    <>
      <PageHeader
        title={agent.name}
        back={{ to: '/agents', label: 'Agents' }}
        aside={<State agent={agent} isDirty={isDirty} />}
        actions={
          <>
            <Button asChild className="lg:hidden">
              <a href="#test">
                <MessageSquareText aria-hidden />
                Test
              </a>
            </Button>
            {mayManage && (
              <>
                {isDirty && <Button onClick={() => form.reset(kept)}>Discard</Button>}
                <Button pending={isSubmitting} disabled={!isDirty} onClick={saveDraft}>
                  Save draft
                </Button>
                <Button variant="primary" disabled={isSubmitting || (!isDirty && !agent.differs)} onClick={publish}>
                  Publish…
                </Button>
                <Menu register={() => setDialog('register')} remove={() => setDialog('delete')} />
              </>
            )}
          </>
        }
      />
      <div className="grid items-start gap-6 lg:grid-cols-[minmax(0,1fr)_21rem]">
        <Tabs value={tab} onValueChange={(tab) => onTab(tab as AgentTab)} className="min-w-0">
          <TabsList aria-label="Parts of the agent">
            {tabs.map((tab) => (
              <TabsTrigger key={tab} value={tab}>
                {LABELS[tab]}
                {faulty.has(tab) && Object.keys(errors).some((field) => field !== 'root') && (
                  <span className="ml-1.5 inline-block size-1.5 rounded-full bg-destructive align-middle">
                    <span className="sr-only">, has errors</span>
                  </span>
                )}
              </TabsTrigger>
            ))}
          </TabsList>
          {isBehind && isDirty && (
            <Alert tone="warning" title="Somebody else saved this draft meanwhile" className="mb-5">
              Saving shows how yours differs.{' '}
              <Button variant="link" className="text-sm" onClick={() => setConflict(agent)}>
                Look now
              </Button>
            </Alert>
          )}
          <Form form={form} onSubmit={submit} aria-label="Draft">
            <Part tab="conversation">
              <ConversationTab {...props} />
            </Part>
            <Part tab="voice">
              <VoiceTab {...props} />
            </Part>
            <Part tab="tools">
              <ToolsTab {...props} />
            </Part>
            <Part tab="turns">
              <TurnsTab {...props} />
            </Part>
            <Part tab="calls">
              <CallsTab {...props} />
            </Part>
            <Part tab="analysis">
              <AnalysisTab {...props} />
            </Part>
          </Form>
          <TabsContent value="versions" tabIndex={-1}>
            <Versions agent={agent} isDirty={isDirty} />
          </TabsContent>
        </Tabs>
        <TestPanel agent={agent} isDirty={isDirty} publish={mayManage ? publish : undefined} />
      </div>
      <UnsavedGuard isDirty={isDirty} />
      <PublishDialog agent={agent} open={dialog === 'publish'} onOpenChange={(open) => setDialog(open ? 'publish' : undefined)} onRefused={onRefused} />
      <RegisterNumberDialog agentId={agent.id} open={dialog === 'register'} onOpenChange={(open) => setDialog(open ? 'register' : undefined)} />
      <Deletion agent={agent} open={dialog === 'delete'} close={() => setDialog(undefined)} />
      {conflict && (
        <ConflictDialog
          theirs={conflict}
          mine={{ name: form.getValues('name'), settings: mineOf(form.getValues(), conflict.draft) }}
          pending={isSubmitting || change.isPending}
          takeTheirs={() => {
            adopt(conflict)
            setConflict(undefined)
          }}
          keepMine={() => void form.handleSubmit((values) => save(values, conflict.revision), showFirstError)()}
          close={() => setConflict(undefined)}
        />
      )}
    </>
  )
}

/** The form as settings, though it may be half typed. */
function mineOf(values: AgentForm, theirs: Settings): Settings {
  try {
    return toSettings(values, theirs)
  } catch {
    return { ...toSettings({ ...values, analysis: { ...values.analysis, fields: '' } }, theirs) }
  }
}

function Part({ tab, children }: { tab: AgentTab; children: React.ReactNode }) {
  return (
    <TabsContent value={tab} tabIndex={-1} className="space-y-6 outline-none">
      {children}
    </TabsContent>
  )
}

function State({ agent, isDirty }: { agent: Agent; isDirty: boolean }) {
  return (
    <span className="flex flex-wrap items-center gap-1.5" aria-live="polite">
      <Badge tone="outline">Version {agent.published.number}</Badge>
      {isDirty ? <Badge tone="warning">Unsaved changes</Badge> : agent.differs ? <Badge tone="warning">Unpublished changes</Badge> : <Badge tone="success">Live</Badge>}
    </span>
  )
}

function Menu({ register, remove }: { register: () => void; remove: () => void }) {
  return (
    <DropdownMenu>
      <DropdownMenuTrigger asChild>
        <Button size="icon" aria-label="More">
          <Ellipsis aria-hidden />
        </Button>
      </DropdownMenuTrigger>
      <DropdownMenuContent align="end">
        <DropdownMenuItem onSelect={register}>
          <Phone aria-hidden />
          Register phone number
        </DropdownMenuItem>
        <DropdownMenuItem destructive onSelect={remove}>
          <Trash2 aria-hidden />
          Delete agent
        </DropdownMenuItem>
      </DropdownMenuContent>
    </DropdownMenu>
  )
}

function Deletion({ agent, open, close }: { agent: Agent; open: boolean; close: () => void }) {
  const router = useRouter()
  const remove = useDeleteAgent(agent.id)
  const confirm = async () => {
    await remove.mutateAsync()
    toast.done('Agent deleted')
    await router.navigate({ to: '/agents', ignoreBlocker: true })
  }
  return (
    <ConfirmDialog open={open} onOpenChange={(open) => !open && close()} title={`Delete ${agent.name}?`} confirm="Delete agent" typed={agent.name} onConfirm={confirm}>
      This cannot be undone. Its conversations stay. It works only while no phone number names the agent and no call is going on with it.
    </ConfirmDialog>
  )
}
