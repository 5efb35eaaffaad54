import { type ComponentProps, useId } from 'react'
import { Input } from './input'

/** Any text, with suggestions as one types. */
export function SuggestInput({ suggestions, ...props }: ComponentProps<'input'> & { suggestions: readonly string[] }) {
  const list = useId()
  return (
    <>
      <Input list={list} autoComplete="off" {...props} />
      <datalist id={list}>
        {suggestions.map((text) => (
          <option key={text} value={text} />
        ))}
      </datalist>
    </>
  )
}
