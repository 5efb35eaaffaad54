import { type ReactNode, useId } from 'react'
import { Controller, type FieldPath, type FieldValues, type UseFormReturn } from 'react-hook-form'
import { Switch } from './toggles'

interface SettingRowProps<T extends FieldValues> {
  form: Pick<UseFormReturn<T>, 'control'>
  name: FieldPath<T>
  label: string
  description?: ReactNode
  disabled?: boolean
}

/** A switch of a form at the end of its line, with what it does. */
export function SettingRow<T extends FieldValues>({ form, name, label, description, disabled }: SettingRowProps<T>) {
  const id = useId()
  return (
    <Controller
      control={form.control}
      name={name}
      render={({ field }) => (
        <div className="flex items-start justify-between gap-6">
          <div className="min-w-0">
            <label htmlFor={id} className="text-sm font-medium select-none">
              {label}
            </label>
            {description && (
              <p id={`${id}-description`} className="text-sm text-muted-foreground">
                {description}
              </p>
            )}
          </div>
          <Switch id={id} aria-describedby={description ? `${id}-description` : undefined} disabled={disabled} {...field} />
        </div>
      )}
    />
  )
}
