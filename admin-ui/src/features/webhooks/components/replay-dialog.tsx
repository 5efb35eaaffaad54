import { zodResolver } from '@hookform/resolvers/zod'
import { useState } from 'react'
import { useForm } from 'react-hook-form'
import { z } from 'zod'
import { Alert } from '@/components/ui/alert'
import { Button } from '@/components/ui/button'
import { CheckboxList } from '@/components/ui/checkbox-list'
import { Dialog, DialogClose, DialogContent, DialogFooter } from '@/components/ui/dialog'
import { Form, FormField, SubmitButton } from '@/components/ui/form'
import { Input } from '@/components/ui/input'
import { SettingRow } from '@/components/ui/setting-row'
import { toast } from '@/components/ui/toast'
import { type Schema } from '@/lib/api'
import { showProblem } from '@/lib/form'
import { formatCount } from '@/lib/format'
import { useReplayMany } from '../api/webhooks'

const schema = z
  .object({ from: z.string(), to: z.string(), states: z.array(z.enum(['dead', 'delivered'])), missed: z.boolean() })
  .refine(({ states, missed }) => states.length > 0 || missed, { path: ['states'], message: 'Choose what to replay' })
  .refine(({ from, to }) => !from || !to || from < to, { path: ['to'], message: 'Must be after the beginning' })

type Values = z.infer<typeof schema>

const moment = (local: string) => (local ? new Date(local).toISOString() : undefined)

/** Replays an endpoint's deliveries of a time, a thousand a request. */
export function ReplayDialog({ endpointId, open, onOpenChange }: { endpointId: string; open: boolean; onOpenChange: (open: boolean) => void }) {
  return (
    <Dialog open={open} onOpenChange={onOpenChange}>
      <DialogContent title="Replay deliveries" description="Oldest first, ten a second. Messages keep their webhook-id, so that your program knows those it has had.">
        <ReplayForm endpointId={endpointId} close={() => onOpenChange(false)} />
      </DialogContent>
    </Dialog>
  )
}

function ReplayForm({ endpointId, close }: { endpointId: string; close: () => void }) {
  const replay = useReplayMany(endpointId)
  /** There were more than a request takes: how many are sent so far, and what asks for the rest. */
  const [rest, setRest] = useState<{ sent: number; body: Schema<'WebhookReplay'> }>()
  const form = useForm<Values>({ resolver: zodResolver(schema), defaultValues: { from: '', to: '', states: ['dead'], missed: false } })
  const send = async (body: Schema<'WebhookReplay'>, before: number) => {
    const { deliveries, next_cursor } = await replay.mutateAsync(body)
    const sent = before + deliveries
    if (next_cursor) {
      setRest({ sent, body: { ...body, cursor: next_cursor } })
      return
    }
    toast.done(sent === 0 ? 'Nothing to replay in that time' : `${formatCount(sent)} ${sent === 1 ? 'delivery is' : 'deliveries are'} replayed`)
    close()
  }
  const submit = async ({ from, to, states, missed }: Values) => {
    try {
      if (rest) await send(rest.body, rest.sent)
      else await send({ from: moment(from), to: moment(to), states, missed }, 0)
    } catch (error) {
      showProblem(form, error)
    }
  }
  return (
    <Form form={form} onSubmit={submit}>
      {rest ? (
        <Alert tone="info" title={`${formatCount(rest.sent)} deliveries are replayed`}>
          There are more in that time.
        </Alert>
      ) : (
        <>
          <div className="grid gap-4 sm:grid-cols-2">
            <FormField form={form} name="from" label="Events from" description="Empty: as far back as they are kept.">
              {(field) => <Input type="datetime-local" {...field} />}
            </FormField>
            <FormField form={form} name="to" label="Until" description="Empty: until now.">
              {(field) => <Input type="datetime-local" {...field} />}
            </FormField>
          </div>
          <FormField form={form} name="states" label="Deliveries">
            {({ ref: _, ...field }) => (
              <CheckboxList
                label="Deliveries"
                choices={[
                  { value: 'dead', label: 'Given up', description: 'All their tries failed, or the endpoint was disabled.' },
                  { value: 'delivered', label: 'Delivered', description: 'Your endpoint took them: they come a second time.' },
                ]}
                {...field}
              />
            )}
          </FormField>
          <SettingRow form={form} name="missed" label="Missed events" description="Of its types, that it was never told: it was disabled, or had not subscribed." />
        </>
      )}
      <DialogFooter>
        <DialogClose asChild>
          <Button>{rest ? 'Enough' : 'Cancel'}</Button>
        </DialogClose>
        <SubmitButton>{rest ? 'Replay more' : 'Replay'}</SubmitButton>
      </DialogFooter>
    </Form>
  )
}
