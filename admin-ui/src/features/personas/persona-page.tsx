import { zodResolver } from '@hookform/resolvers/zod'
import { useQuery } from '@tanstack/react-query'
import { Link, useRouter } from '@tanstack/react-router'
import { useState } from 'react'
import { useForm } from 'react-hook-form'
import { Alert } from '@/components/ui/alert'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { Card, CardContent, CardHeader } from '@/components/ui/card'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { Form, SubmitButton } from '@/components/ui/form'
import { Textarea } from '@/components/ui/input'
import { Label } from '@/components/ui/label'
import { PageHeader } from '@/components/ui/page-header'
import { Skeleton } from '@/components/ui/skeleton'
import { ErrorState } from '@/components/ui/states'
import { toast } from '@/components/ui/toast'
import { UnsavedGuard } from '@/components/unsaved-guard'
import { allAgents } from '@/lib/catalogue'
import { showProblem } from '@/lib/form'
import { useCan } from '@/lib/session'
import { type PersonaForm, schema, toChange, toForm } from './api/form'
import { type Persona, personaQuery, useChangePersona, useDeletePersona } from './api/queries'
import { CreateSheet } from './components/create-sheet'
import { FormPreview, PersonaFields } from './components/persona-fields'
import { spoken } from './components/spoken'

const BACK = { to: '/personas', label: 'Personas' }

export function PersonaPage({ persona }: { persona: string }) {
  const { data, error, refetch } = useQuery(personaQuery(persona))
  if (data) return <Shown key={data.name} persona={data} />
  return (
    <>
      <PageHeader title="Persona" back={BACK} />
      {error ? (
        <Card>
          <ErrorState error={error} retry={() => void refetch()} />
        </Card>
      ) : (
        <div className="grid gap-6 lg:grid-cols-[minmax(0,1fr)_20rem]">
          <Skeleton className="h-[44rem]" />
          <Skeleton className="h-64" />
        </div>
      )}
    </>
  )
}

function Shown({ persona }: { persona: Persona }) {
  const mayManage = useCan('manage')
  const change = useChangePersona(persona.name)
  const [copying, setCopying] = useState(false)
  const [deleting, setDeleting] = useState(false)
  const readOnly = persona.built_in || !mayManage
  const form = useForm<PersonaForm>({ resolver: zodResolver(schema), values: toForm(persona), resetOptions: { keepDirtyValues: true } })
  const { isDirty } = form.formState
  const submit = async (values: PersonaForm) => {
    try {
      form.reset(toForm(await change.mutateAsync(toChange(values))))
      toast.done('Persona saved')
    } catch (error) {
      showProblem(form, error)
    }
  }
  return (
    <>
      <PageHeader
        title={persona.title}
        aside={persona.built_in && <Badge tone="outline">Built in</Badge>}
        back={BACK}
        actions={
          mayManage && (
            <>
              <Button onClick={() => setCopying(true)}>Copy</Button>
              {!persona.built_in && <Button onClick={() => setDeleting(true)}>Delete</Button>}
            </>
          )
        }
      />
      <div className="grid items-start gap-6 lg:grid-cols-[minmax(0,1fr)_20rem]">
        <Card className="min-w-0">
          <CardContent className="pt-5">
            <Form form={form} onSubmit={submit}>
              {persona.built_in && <Alert tone="info">Everybody has this persona, and it stays as it is. Copy it to make one of your own from it.</Alert>}
              <PersonaFields form={form} readOnly={readOnly} />
              {!readOnly && (
                <div className="flex flex-wrap items-center justify-end gap-3 border-t pt-4">
                  <p className="mr-auto text-sm text-muted-foreground">Saved changes hold at once, from the next conversation on.</p>
                  <Button disabled={!isDirty} onClick={() => form.reset(toForm(persona))}>
                    Discard
                  </Button>
                  <SubmitButton disabled={!isDirty}>Save</SubmitButton>
                </div>
              )}
            </Form>
          </CardContent>
        </Card>
        <div className="min-w-0 space-y-6">
          <TryVoice persona={persona} form={form} />
          <UsedBy name={persona.name} />
        </div>
      </div>
      <UnsavedGuard isDirty={isDirty} />
      <CreateSheet open={copying} onOpenChange={setCopying} from={persona} />
      <Deletion persona={persona} open={deleting} onOpenChange={setDeleting} />
    </>
  )
}

function TryVoice({ persona, form }: { persona: Persona; form: ReturnType<typeof useForm<PersonaForm>> }) {
  const [text, setText] = useState(() => spoken(persona.greeting))
  return (
    <Card>
      <CardHeader title="Voice preview" description="As the voice stands in the form, saved or not." />
      <CardContent className="space-y-3">
        <Label htmlFor="preview">What it says</Label>
        <Textarea id="preview" className="mt-1.5" maxLength={1_000} value={text} onChange={(event) => setText(event.target.value)} />
        <FormPreview form={form} text={text} />
      </CardContent>
    </Card>
  )
}

function UsedBy({ name }: { name: string }) {
  const { data } = useQuery(allAgents)
  const users = data?.filter((agent) => agent.draft.persona === name || agent.published.settings.persona === name)
  return (
    <Card>
      <CardHeader title="Agents with it" />
      <CardContent>
        {users ? (
          users.length > 0 ? (
            <ul className="space-y-1.5">
              {users.map((agent) => (
                <li key={agent.id} className="flex items-center justify-between gap-2">
                  <Link to="/agents/$agentId" params={{ agentId: agent.id }} className="min-w-0 truncate hover:underline">
                    {agent.name}
                  </Link>
                  {agent.published.settings.persona !== name && <Badge tone="outline">Draft only</Badge>}
                </li>
              ))}
            </ul>
          ) : (
            <p className="text-sm text-muted-foreground">No agent has it.</p>
          )
        ) : (
          <Skeleton className="h-5 w-40" />
        )}
      </CardContent>
    </Card>
  )
}

function Deletion({ persona, open, onOpenChange }: { persona: Persona; open: boolean; onOpenChange: (open: boolean) => void }) {
  const router = useRouter()
  const remove = useDeletePersona(persona.name)
  const confirm = async () => {
    await remove.mutateAsync()
    toast.done('Persona deleted')
    await router.navigate({ to: '/personas', ignoreBlocker: true })
  }
  return (
    <ConfirmDialog open={open} onOpenChange={onOpenChange} title={`Delete ${persona.title}?`} confirm="Delete persona" onConfirm={confirm}>
      This cannot be undone. It works only while no agent and no conversation under way has this persona.
    </ConfirmDialog>
  )
}
