import { zodResolver } from '@hookform/resolvers/zod'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { CircleCheck } from 'lucide-react'
import { useRef, useState } from 'react'
import { useForm } from 'react-hook-form'
import type { z } from 'zod'
import { type Schema, api, asProblem, idempotencyKey, queryKeys, take } from '@/lib/api'
import { allAgents } from '@/lib/catalogue'
import { showProblem } from '@/lib/form'
import { formatPhone } from '@/lib/format'
import { Alert } from '../ui/alert'
import { Button } from '../ui/button'
import { Dialog, DialogContent, DialogFooter } from '../ui/dialog'
import { Form, FormField, SubmitButton } from '../ui/form'
import { Input } from '../ui/input'
import { Select } from '../ui/select'
import { Skeleton } from '../ui/skeleton'
import { ErrorState } from '../ui/states'
import { RadioCard, RadioGroup } from '../ui/toggles'
import { NumberProblem, NumberSetup } from './setup'
import { troubleOf } from './problems'
import { registration } from './schema'

export { NumberProblem, NumberSetup, useConfigure } from './setup'
export { troubleOf } from './problems'

type PhoneNumber = Schema<'PhoneNumber'>

/** Registers a Twilio number, and says what is left to do for it to ring here. */
export function RegisterNumberDialog({ open, onOpenChange, agentId }: { open: boolean; onOpenChange: (open: boolean) => void; agentId?: string }) {
  return (
    <Dialog open={open} onOpenChange={onOpenChange}>
      {open && <Steps agentId={agentId} close={() => onOpenChange(false)} />}
    </Dialog>
  )
}

function Steps({ agentId, close }: { agentId?: string; close: () => void }) {
  const [number, setNumber] = useState<PhoneNumber>()
  if (number) {
    return (
      <DialogContent title="Number verified" description={`${formatPhone(number.phone_number)} is yours at Twilio and registered here.`} className="max-w-xl">
        <Registered number={number} setNumber={setNumber} close={close} />
      </DialogContent>
    )
  }
  return (
    <DialogContent title="Register phone number" description="A number of your Twilio account rings at one of your agents." className="max-w-xl">
      <Registering agentId={agentId} done={setNumber} close={close} />
    </DialogContent>
  )
}

function Registering({ agentId, done, close }: { agentId?: string; done: (number: PhoneNumber) => void; close: () => void }) {
  const agents = useQuery(allAgents)
  if (agents.error && !agents.data) return <ErrorState error={agents.error} retry={() => void agents.refetch()} />
  if (!agents.data) return <Skeleton className="h-96" />
  if (agents.data.length === 0) {
    return (
      <>
        <Alert tone="info" title="Create an agent first">
          A number needs somebody who answers it.
        </Alert>
        <DialogFooter>
          <Button onClick={close}>Close</Button>
        </DialogFooter>
      </>
    )
  }
  return <RegistrationForm agents={agents.data} agentId={agentId} done={done} close={close} />
}

function RegistrationForm({ agents, agentId, done, close }: { agents: Schema<'Agent'>[]; agentId?: string; done: (number: PhoneNumber) => void; close: () => void }) {
  const queryClient = useQueryClient()
  const [problem, setProblem] = useState<unknown>()
  // One registration, however often it is pressed; changed values are another one.
  const attempt = useRef({ of: '', key: '' })
  const register = useMutation({
    mutationFn: (values: z.infer<typeof registration>) => {
      const body = { ...values, label: values.label || undefined }
      const of = JSON.stringify(body)
      if (attempt.current.of !== of) attempt.current = { of, key: idempotencyKey() }
      return take(api.POST('/phone-numbers', { params: { header: { 'Idempotency-Key': attempt.current.key } }, body }))
    },
    onSuccess: () => queryClient.invalidateQueries({ queryKey: queryKeys('numbers').all }),
    // The key holds the answer, whatever it was; what was refused may be good in a moment.
    onError: () => {
      attempt.current = { of: '', key: '' }
    },
  })
  const form = useForm<z.infer<typeof registration>>({
    resolver: zodResolver(registration),
    defaultValues: { phone_number: '', account_sid: '', auth_token: '', agent_id: agentId ?? agents[0]?.id ?? '', label: '', recorded_by: 'switchboard', configure: 'automatic' },
  })
  const submit = async (values: z.infer<typeof registration>) => {
    setProblem(undefined)
    try {
      done(await register.mutateAsync(values))
    } catch (error) {
      const trouble = troubleOf(error)
      if (trouble?.field) form.setError(trouble.field, { type: asProblem(error).code, message: trouble.title }, { shouldFocus: true })
      if (trouble) setProblem(error)
      else showProblem(form, error)
    }
  }
  return (
    <Form form={form} onSubmit={submit}>
      {problem !== undefined && <NumberProblem error={problem} />}
      <FormField form={form} name="phone_number" label="Phone number" description="International, as you like to write it.">
        {(field) => <Input type="tel" inputMode="tel" autoComplete="off" placeholder="+1 415 555 0100" {...field} />}
      </FormField>
      <div className="grid gap-4 sm:grid-cols-2">
        <FormField form={form} name="account_sid" label="Account SID">
          {(field) => <Input autoComplete="off" spellCheck={false} placeholder="AC…" className="font-mono md:text-sm" {...field} />}
        </FormField>
        <FormField form={form} name="auth_token" label="Auth Token">
          {(field) => <Input type="password" autoComplete="new-password" {...field} />}
        </FormField>
      </div>
      <p className="-mt-2 text-sm text-muted-foreground">
        Both stand on the start page of{' '}
        <a href="https://console.twilio.com/" target="_blank" rel="noreferrer" className="text-primary-text underline underline-offset-2">
          Twilio’s console
        </a>
        , under Account Info. The token is verified, sealed, and never shown again.
      </p>
      <div className="grid gap-4 sm:grid-cols-2">
        <FormField form={form} name="agent_id" label="Agent">
          {(field) => <Select options={agents.map(({ id, name }) => ({ value: id, label: name }))} {...field} />}
        </FormField>
        <FormField form={form} name="label" label="Label (optional)">
          {(field) => <Input autoComplete="off" placeholder="Front desk" {...field} />}
        </FormField>
      </div>
      <FormField form={form} name="configure" label="Set-up at Twilio">
        {({ value, onChange, onBlur, ref }) => (
          <RadioGroup ref={ref} value={value} onValueChange={onChange} onBlur={onBlur} aria-label="Set-up at Twilio" className="sm:grid-cols-2">
            <RadioCard value="automatic" label="Automatic" description="Switchboard enters the webhooks at Twilio." />
            <RadioCard value="manual" label="Manual" description="You copy three addresses into Twilio’s console." />
          </RadioGroup>
        )}
      </FormField>
      <FormField form={form} name="recorded_by" label="Calls are recorded by" description="Only where the agent wants them recorded.">
        {(field) => (
          <Select
            options={[
              { value: 'switchboard', label: 'Switchboard', description: 'Both sides, one channel each, no cost at Twilio' },
              { value: 'twilio', label: 'Twilio', description: 'Twilio records, we fetch it and delete it there' },
            ]}
            {...field}
          />
        )}
      </FormField>
      <DialogFooter>
        <Button onClick={close}>Cancel</Button>
        <SubmitButton>Verify and register</SubmitButton>
      </DialogFooter>
    </Form>
  )
}

function Registered({ number, setNumber, close }: { number: PhoneNumber; setNumber: (number: PhoneNumber) => void; close: () => void }) {
  const isSet = number.twilio.state === 'as_configured'
  return (
    <>
      {isSet ? (
        <Alert tone="success" title="Twilio sends its calls here">
          Nothing is left to do: call {formatPhone(number.phone_number)} and the agent answers.
        </Alert>
      ) : (
        <Alert tone={number.twilio.state === 'drifted' ? 'warning' : 'info'} title="One step is left">
          Twilio does not send the number’s calls here yet.
        </Alert>
      )}
      {isSet ? (
        <p className="flex items-center gap-2 text-sm text-muted-foreground">
          <CircleCheck className="size-4 shrink-0" aria-hidden />
          The addresses that were entered are on the number’s page.
        </p>
      ) : (
        <NumberSetup number={number} onConfigured={setNumber} />
      )}
      <DialogFooter>
        <Button onClick={close}>Done</Button>
        <Button asChild variant="primary">
          <Link to="/numbers/$numberId" params={{ numberId: number.id }} onClick={close}>
            Open number
          </Link>
        </Button>
      </DialogFooter>
    </>
  )
}
