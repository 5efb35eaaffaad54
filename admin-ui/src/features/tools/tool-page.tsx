import { zodResolver } from '@hookform/resolvers/zod'
import { useQuery } from '@tanstack/react-query'
import { Link, useRouter } from '@tanstack/react-router'
import { useState } from 'react'
import { useForm } from 'react-hook-form'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { Card, CardContent, CardHeader } from '@/components/ui/card'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { Form, SubmitButton } from '@/components/ui/form'
import { PageHeader } from '@/components/ui/page-header'
import { Skeleton } from '@/components/ui/skeleton'
import { ErrorState } from '@/components/ui/states'
import { toast } from '@/components/ui/toast'
import { UnsavedGuard } from '@/components/unsaved-guard'
import { allAgents } from '@/lib/catalogue'
import { showProblem } from '@/lib/form'
import { useCan } from '@/lib/session'
import { BLANK, type ToolForm, schema, toChange, toForm, toNew } from './api/form'
import { type Tool, toolQuery, useChangeTool, useDeleteTool, useMakeTool } from './api/queries'
import { ToolFields } from './components/tool-fields'
import { TryCard } from './components/try-card'

const BACK = { to: '/tools', label: 'Tools' }
const COLUMNS = 'grid items-start gap-6 lg:grid-cols-[minmax(0,1fr)_20rem]'

export function ToolPage({ toolId }: { toolId: string }) {
  return toolId === 'new' ? <NewTool /> : <KeptTool id={toolId} />
}

function NewTool() {
  const router = useRouter()
  const make = useMakeTool()
  const mayManage = useCan('manage')
  const form = useForm<ToolForm>({ resolver: zodResolver(schema), defaultValues: BLANK })
  const submit = async (values: ToolForm) => {
    try {
      const tool = await make.mutateAsync(toNew(values))
      toast.done('Tool created')
      await router.navigate({ to: '/tools/$toolId', params: { toolId: tool.id }, ignoreBlocker: true, replace: true })
    } catch (error) {
      showProblem(form, error, { secret_headers: 'secrets' })
    }
  }
  return (
    <>
      <PageHeader title="Create tool" back={BACK} />
      <div className={COLUMNS}>
        <Form form={form} onSubmit={submit} className="min-w-0 space-y-6">
          <ToolFields form={form} readOnly={!mayManage} />
          <div className="flex justify-end gap-2">
            <Button asChild>
              <Link to="/tools">Cancel</Link>
            </Button>
            <SubmitButton disabled={!mayManage}>Create tool</SubmitButton>
          </div>
        </Form>
        <Card>
          <CardHeader title="How it works" />
          <CardContent className="space-y-2 text-sm text-muted-foreground">
            <p>The model decides when to call the tool, by its name and description, and fills in the parameters from what the caller said.</p>
            <p>The request is made by the server. The caller hears a few words when it takes long, and an interruption calls it off.</p>
            <p>Once it is created you can try it here, and give it to agents on their Tools tab.</p>
          </CardContent>
        </Card>
      </div>
      <UnsavedGuard isDirty={form.formState.isDirty && !form.formState.isSubmitSuccessful} />
    </>
  )
}

function KeptTool({ id }: { id: string }) {
  const { data, error, refetch } = useQuery(toolQuery(id))
  if (data) return <Shown tool={data} />
  return (
    <>
      <PageHeader title="Tool" back={BACK} />
      {error ? (
        <Card>
          <ErrorState error={error} retry={() => void refetch()} />
        </Card>
      ) : (
        <div className={COLUMNS}>
          <Skeleton className="h-[48rem]" />
          <Skeleton className="h-80" />
        </div>
      )}
    </>
  )
}

function Shown({ tool }: { tool: Tool }) {
  const mayManage = useCan('manage')
  const change = useChangeTool(tool.id)
  const [deleting, setDeleting] = useState(false)
  const form = useForm<ToolForm>({ resolver: zodResolver(schema), values: toForm(tool), resetOptions: { keepDirtyValues: true } })
  const { isDirty } = form.formState
  const submit = async (values: ToolForm) => {
    try {
      form.reset(toForm(await change.mutateAsync(toChange(values, tool))))
      toast.done('Tool saved')
    } catch (error) {
      showProblem(form, error, { secret_headers: 'secrets' })
    }
  }
  return (
    <>
      <PageHeader title={tool.name} back={BACK} actions={mayManage && <Button onClick={() => setDeleting(true)}>Delete</Button>} />
      <div className={COLUMNS}>
        <Form form={form} onSubmit={submit} className="min-w-0 space-y-6">
          <ToolFields form={form} readOnly={!mayManage} />
          {mayManage && (
            <div className="sticky bottom-0 z-10 flex flex-wrap items-center justify-end gap-2 border-t bg-background/90 py-3 backdrop-blur">
              <p className="mr-auto text-sm text-muted-foreground">Saved changes hold from the next call of the tool on, in running conversations too.</p>
              <Button disabled={!isDirty} onClick={() => form.reset(toForm(tool))}>
                Discard
              </Button>
              <SubmitButton disabled={!isDirty}>Save</SubmitButton>
            </div>
          )}
        </Form>
        <div className="min-w-0 space-y-6">
          <TryCard tool={tool} isDirty={isDirty} disabled={!mayManage} />
          <UsedBy id={tool.id} />
        </div>
      </div>
      <UnsavedGuard isDirty={isDirty} />
      <Deletion tool={tool} open={deleting} onOpenChange={setDeleting} />
    </>
  )
}

function UsedBy({ id }: { id: string }) {
  const { data } = useQuery(allAgents)
  const users = data?.filter((agent) => agent.draft.tools?.includes(id) || agent.published.settings.tools?.includes(id))
  return (
    <Card>
      <CardHeader title="Agents with it" />
      <CardContent>
        {!users ? (
          <Skeleton className="h-5 w-40" />
        ) : users.length === 0 ? (
          <p className="text-sm text-muted-foreground">No agent has it. Give it to one on the agent’s Tools tab.</p>
        ) : (
          <ul className="space-y-1.5">
            {users.map((agent) => (
              <li key={agent.id} className="flex items-center justify-between gap-2">
                <Link to="/agents/$agentId" params={{ agentId: agent.id }} className="min-w-0 truncate hover:underline">
                  {agent.name}
                </Link>
                {!agent.published.settings.tools?.includes(id) && <Badge tone="outline">Draft only</Badge>}
              </li>
            ))}
          </ul>
        )}
      </CardContent>
    </Card>
  )
}

function Deletion({ tool, open, onOpenChange }: { tool: Tool; open: boolean; onOpenChange: (open: boolean) => void }) {
  const router = useRouter()
  const remove = useDeleteTool(tool.id)
  const confirm = async () => {
    await remove.mutateAsync()
    toast.done('Tool deleted')
    await router.navigate({ to: '/tools', ignoreBlocker: true })
  }
  return (
    <ConfirmDialog open={open} onOpenChange={onOpenChange} title={`Delete ${tool.name}?`} confirm="Delete tool" onConfirm={confirm}>
      This cannot be undone. It works only while no agent and no conversation under way names the tool.
    </ConfirmDialog>
  )
}
