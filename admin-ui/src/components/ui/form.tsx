import { Slot } from '@radix-ui/react-slot'
import { type ComponentProps, type ReactNode, createContext, use, useId } from 'react'
import { Controller, type ControllerProps, type FieldPath, type FieldValues, FormProvider, type UseFormReturn, useFormContext, useFormState } from 'react-hook-form'
import { cn } from '@/lib/cn'
import { Alert } from './alert'
import { Button } from './button'
import { Label } from './label'

interface FormProps<T extends FieldValues, Out> extends Omit<ComponentProps<'form'>, 'onSubmit'> {
  form: UseFormReturn<T, unknown, Out>
  onSubmit: (values: Out) => unknown
}

/** A form over react-hook-form. Its `root` error stands above the fields. */
export function Form<T extends FieldValues, Out>({ form, onSubmit, className, children, ...props }: FormProps<T, Out>) {
  const root = form.formState.errors.root?.message
  return (
    <FormProvider {...(form as unknown as UseFormReturn)}>
      <form noValidate className={cn('space-y-4', className)} onSubmit={(event) => void form.handleSubmit(onSubmit)(event)} {...props}>
        {root && <Alert tone="destructive">{root}</Alert>}
        {children}
      </form>
    </FormProvider>
  )
}

const Field = createContext<{ name: string; id: string } | null>(null)

function useField() {
  const field = use(Field)
  if (!field) throw new Error('use this inside of <FormField>')
  const { getFieldState } = useFormContext()
  const state = useFormState({ name: field.name })
  return { ...field, error: getFieldState(field.name, state).error, description: `${field.id}-description`, message: `${field.id}-message` }
}

interface FormFieldProps<T extends FieldValues, N extends FieldPath<T>> extends Omit<ControllerProps<T, N>, 'render' | 'control'> {
  form: Pick<UseFormReturn<T>, 'control'>
  label: ReactNode
  description?: ReactNode
  className?: string
  /** The control; spread `field` into it. */
  children: (field: Parameters<ControllerProps<T, N>['render']>[0]['field']) => ReactNode
}

/** Label, control, hint and error, tied together for screen readers. */
export function FormField<T extends FieldValues, N extends FieldPath<T>>({ form, label, description, className, children, ...controller }: FormFieldProps<T, N>) {
  const id = useId()
  return (
    <Field value={{ name: controller.name, id }}>
      <div className={cn('space-y-1.5', className)}>
        <Label htmlFor={id}>{label}</Label>
        <Controller {...controller} control={form.control} render={({ field }) => <FormControl>{children(field)}</FormControl>} />
        {description && (
          <p id={`${id}-description`} className="text-sm text-muted-foreground">
            {description}
          </p>
        )}
        <FormMessage />
      </div>
    </Field>
  )
}

function FormControl({ children }: { children: ReactNode }) {
  const { id, error, description, message } = useField()
  return (
    <Slot id={id} aria-describedby={error ? `${message} ${description}` : description} aria-invalid={error ? true : undefined}>
      {children}
    </Slot>
  )
}

function FormMessage() {
  const { error, message } = useField()
  if (!error?.message) return null
  return (
    <p id={message} role="alert" className="text-sm text-destructive-text">
      {error.message}
    </p>
  )
}

/** Submits the form that it is in; busy while that goes on. */
export function SubmitButton(props: ComponentProps<typeof Button>) {
  const { isSubmitting } = useFormState()
  return <Button type="submit" variant="primary" pending={isSubmitting} {...props} />
}
