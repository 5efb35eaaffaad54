import { zodResolver } from '@hookform/resolvers/zod'
import { useForm } from 'react-hook-form'
import { z } from 'zod'
import { Button } from '@/components/ui/button'
import { Dialog, DialogClose, DialogContent, DialogFooter } from '@/components/ui/dialog'
import { Form, FormField, SubmitButton } from '@/components/ui/form'
import { Textarea } from '@/components/ui/input'
import { toast } from '@/components/ui/toast'
import { showProblem } from '@/lib/form'
import { type Tenant, useSuspend } from '../api/operator'

const schema = z.object({ reason: z.string().trim().min(1, 'Say why').max(500, 'Use at most 500 characters') })

export function SuspendDialog({ tenant, open, onOpenChange }: { tenant: Tenant; open: boolean; onOpenChange: (open: boolean) => void }) {
  return (
    <Dialog open={open} onOpenChange={onOpenChange}>
      <DialogContent title={`Suspend ${tenant.name}?`} description="Its keys and sessions are refused at once, callers hear that the number is not available, and conversations that are going on end within seconds.">
        <SuspendForm id={tenant.id} close={() => onOpenChange(false)} />
      </DialogContent>
    </Dialog>
  )
}

function SuspendForm({ id, close }: { id: string; close: () => void }) {
  const suspend = useSuspend(id)
  const form = useForm<z.infer<typeof schema>>({ resolver: zodResolver(schema), defaultValues: { reason: '' } })
  const submit = async ({ reason }: z.infer<typeof schema>) => {
    try {
      await suspend.mutateAsync(reason)
      toast.done('Tenant suspended')
      close()
    } catch (error) {
      showProblem(form, error)
    }
  }
  return (
    <Form form={form} onSubmit={submit}>
      <FormField form={form} name="reason" label="Reason" description="The tenant reads it in its audit log.">
        {(field) => <Textarea {...field} />}
      </FormField>
      <DialogFooter>
        <DialogClose asChild>
          <Button>Cancel</Button>
        </DialogClose>
        <SubmitButton variant="destructive">Suspend tenant</SubmitButton>
      </DialogFooter>
    </Form>
  )
}
