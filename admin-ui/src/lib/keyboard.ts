import { useEffect, useEffectEvent } from 'react'

const isMac = () => /Mac|iPhone|iPad/.test(navigator.userAgent)

/** How the key beside the letter is called here: `⌘` or `Ctrl`. */
export function modifierName(): string {
  return isMac() ? '⌘' : 'Ctrl'
}

/** Calls back on Ctrl/⌘ with this letter, wherever the focus is. */
export function useShortcut(letter: string, callback: () => void): void {
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (event.key.toLowerCase() !== letter || event.altKey || event.shiftKey || !(isMac() ? event.metaKey : event.ctrlKey)) return
    event.preventDefault()
    callback()
  })
  useEffect(() => {
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [])
}
