import { zodResolver } from '@hookform/resolvers/zod'
import { useState } from 'react'
import { useForm } from 'react-hook-form'
import { z } from 'zod'
import { Alert } from '@/components/ui/alert'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { Card, CardContent, CardHeader } from '@/components/ui/card'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { Dialog, DialogClose, DialogContent, DialogFooter } from '@/components/ui/dialog'
import { Fact, Facts } from '@/components/ui/facts'
import { Form, FormField, SubmitButton } from '@/components/ui/form'
import { Input } from '@/components/ui/input'
import { Time } from '@/components/ui/time'
import { toast } from '@/components/ui/toast'
import { asProblem } from '@/lib/api'
import { showProblem } from '@/lib/form'
import { formatLatency } from '@/lib/format'
import { type Credential, type Stage, useRemoveCredential, useSetCredential, useTestCredential } from '../api/settings'

const STAGES: readonly { stage: Stage; label: string; description: string; model: string }[] = [
  { stage: 'speech_to_text', label: 'Speech to text', description: 'Hears what callers say.', model: 'whisper-1' },
  { stage: 'language_model', label: 'Language model', description: 'Decides what agents say.', model: 'gpt-4o-mini' },
  { stage: 'text_to_speech', label: 'Text to speech', description: 'Speaks it.', model: 'tts-1' },
]

/** Who serves each stage: the operator, or an OpenAI-compatible server of the tenant's own. */
export function Providers({ credentials }: { credentials: readonly Credential[] }) {
  return (
    <div className="space-y-4">
      <p className="text-muted-foreground">This installation’s providers serve your agents. For each stage you can bring an OpenAI-compatible server of your own; conversations that begin from then on use it.</p>
      {STAGES.map((one) => (
        <Provider key={one.stage} {...one} credential={credentials.find(({ stage }) => stage === one.stage)} />
      ))}
    </div>
  )
}

function Provider({ stage, label, description, model, credential }: (typeof STAGES)[number] & { credential: Credential | undefined }) {
  const [editing, setEditing] = useState(false)
  const [removing, setRemoving] = useState(false)
  const test = useTestCredential(stage)
  const remove = useRemoveCredential(stage)
  return (
    <Card>
      <CardHeader
        title={
          <span className="flex flex-wrap items-center gap-2">
            {label}
            {credential ? <Badge tone="primary">Your own</Badge> : <Badge tone="outline">This installation’s</Badge>}
          </span>
        }
        description={description}
        actions={
          credential ? (
            <>
              <Button size="sm" pending={test.isPending} aria-label={`Test ${label}`} onClick={() => test.mutate()}>
                Test
              </Button>
              <Button size="sm" aria-label={`Change ${label}`} onClick={() => setEditing(true)}>
                Change
              </Button>
              <Button size="sm" aria-label={`Remove ${label}`} onClick={() => setRemoving(true)}>
                Remove
              </Button>
            </>
          ) : (
            <Button size="sm" aria-label={`Bring your own ${label}`} onClick={() => setEditing(true)}>
              Bring your own
            </Button>
          )
        }
      />
      {credential && (
        <CardContent className="space-y-4">
          <Facts>
            <Fact label="Base URL">
              <span className="font-mono text-xs break-all">{credential.base_url}</span>
            </Fact>
            <Fact label="Model">
              <span className="font-mono text-xs break-all">{credential.model}</span>
            </Fact>
            <Fact label="API key">{credential.has_api_key ? `•••• ${credential.api_key_ends_with ?? ''}` : 'None'}</Fact>
            <Fact label="Changed">
              <Time at={credential.updated_at} />
            </Fact>
          </Facts>
          {test.error && <Alert tone="destructive">{asProblem(test.error).detail}</Alert>}
          {test.data &&
            (test.data.is_working ? (
              <Alert tone="success">It answers and takes the key ({formatLatency(test.data.latency_ms)}).</Alert>
            ) : (
              <Alert tone="destructive" title={`It does not work: ${(test.data.problem ?? 'unknown').replaceAll('_', ' ')}`}>
                {test.data.detail}
              </Alert>
            ))}
        </CardContent>
      )}
      <Dialog open={editing} onOpenChange={setEditing}>
        <DialogContent title={`${label}: your own provider`} description="Any server with OpenAI’s API. It is not asked yet: test it when it is saved.">
          <ProviderForm
            stage={stage}
            model={model}
            credential={credential}
            onSaved={() => {
              setEditing(false)
              test.reset()
            }}
          />
        </DialogContent>
      </Dialog>
      <ConfirmDialog
        open={removing}
        onOpenChange={setRemoving}
        title="Go back to this installation’s provider?"
        confirm="Remove"
        onConfirm={async () => {
          await remove.mutateAsync(undefined)
          test.reset()
          toast.done('Removed')
        }}
      >
        Conversations that begin from now on use it for {label.toLowerCase()}. Your key is deleted.
      </ConfirmDialog>
    </Card>
  )
}

const schema = z.object({
  base_url: z.url({ protocol: /^https?$/, error: 'Enter an address that begins with https://' }),
  model: z.string().trim().min(1, 'Enter a model').max(200, 'Use at most 200 characters'),
  api_key: z.string().trim(),
})

function ProviderForm({ stage, model, credential, onSaved }: { stage: Stage; model: string; credential: Credential | undefined; onSaved: () => void }) {
  const set = useSetCredential(stage)
  const form = useForm<z.infer<typeof schema>>({ resolver: zodResolver(schema), defaultValues: { base_url: credential?.base_url ?? '', model: credential?.model ?? '', api_key: '' } })
  const submit = async ({ base_url, model, api_key }: z.infer<typeof schema>) => {
    // Left out, a key stays as long as the address does: another server must not get it.
    const keeps = api_key === '' && credential?.has_api_key && base_url === credential.base_url
    try {
      await set.mutateAsync({ base_url, model, ...(keeps ? {} : { api_key: api_key || null }) })
      toast.done('Saved')
      onSaved()
    } catch (error) {
      showProblem(form, error)
    }
  }
  return (
    <Form form={form} onSubmit={submit}>
      <FormField form={form} name="base_url" label="Base URL" description="As far as its /v1.">
        {(field) => <Input type="url" autoComplete="off" placeholder="https://api.openai.com/v1" {...field} />}
      </FormField>
      <FormField form={form} name="model" label="Model" description="As the server calls it.">
        {(field) => <Input autoComplete="off" placeholder={model} {...field} />}
      </FormField>
      <FormField form={form} name="api_key" label="API key" description={credential?.has_api_key ? 'Empty: the key stays as it is, as long as the base URL does.' : 'Sealed, and never shown again. Empty: the server asks for none.'}>
        {(field) => <Input type="password" autoComplete="off" {...field} />}
      </FormField>
      <DialogFooter>
        <DialogClose asChild>
          <Button>Cancel</Button>
        </DialogClose>
        <SubmitButton>Save</SubmitButton>
      </DialogFooter>
    </Form>
  )
}
