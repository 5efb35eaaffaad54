import { zodResolver } from '@hookform/resolvers/zod'
import { useRouter } from '@tanstack/react-router'
import { useForm } from 'react-hook-form'
import { Button } from '@/components/ui/button'
import { Dialog, DialogFooter, SheetContent } from '@/components/ui/dialog'
import { Form, SubmitButton } from '@/components/ui/form'
import { toast } from '@/components/ui/toast'
import { showProblem } from '@/lib/form'
import { BLANK, type PersonaForm, nameFor, schema, toChange, toForm } from '../api/form'
import { type Persona, useMakePersona } from '../api/queries'
import { PersonaFields } from './persona-fields'

interface CreateSheetProps {
  open: boolean
  onOpenChange: (open: boolean) => void
  /** What it begins as a copy of. */
  from?: Persona
}

export function CreateSheet({ open, onOpenChange, from }: CreateSheetProps) {
  return (
    <Dialog open={open} onOpenChange={onOpenChange}>
      <SheetContent title={from ? `Copy ${from.title}` : 'Create persona'} description="A character that agents can take on: how it speaks, and who it is." className="w-[min(40rem,100vw)]">
        {open && <Creating from={from} close={() => onOpenChange(false)} />}
      </SheetContent>
    </Dialog>
  )
}

function startOf(from: Persona | undefined): PersonaForm {
  if (!from) return BLANK
  const title = `${from.title} (copy)`
  return { ...toForm(from), title, name: nameFor(title) }
}

function Creating({ from, close }: { from?: Persona; close: () => void }) {
  const router = useRouter()
  const make = useMakePersona()
  const form = useForm<PersonaForm>({ resolver: zodResolver(schema), defaultValues: startOf(from) })
  const submit = async (values: PersonaForm) => {
    try {
      const persona = await make.mutateAsync({ name: values.name, ...toChange(values) })
      toast.done('Persona created')
      close()
      await router.navigate({ to: '/personas/$persona', params: { persona: persona.name } })
    } catch (error) {
      showProblem(form, error)
    }
  }
  return (
    <Form form={form} onSubmit={submit}>
      <PersonaFields form={form} isNew />
      <DialogFooter>
        <Button onClick={close}>Cancel</Button>
        <SubmitButton>Create persona</SubmitButton>
      </DialogFooter>
    </Form>
  )
}
