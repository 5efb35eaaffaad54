import type { FieldPath, FieldValues, UseFormReturn } from 'react-hook-form'
import { asProblem } from './api'

/**
 * Shows a problem in the form: at the field that it names when the form has it, else above the button (`root`).
 * `names`: what the API calls a field, where the form calls it otherwise.
 */
export function showProblem<T extends FieldValues>(form: Pick<UseFormReturn<T>, 'setError' | 'getValues'>, error: unknown, names: Record<string, FieldPath<T>> = {}): void {
  const problem = asProblem(error)
  const values: object = form.getValues()
  let shown = false
  for (const [field, message] of Object.entries(problem.errors)) {
    const name = names[field] ?? (field in values ? (field as FieldPath<T>) : undefined)
    if (!name) continue
    form.setError(name, { type: 'server', message }, { shouldFocus: !shown })
    shown = true
  }
  if (!shown) form.setError('root', { type: problem.code, message: problem.detail })
}
