import { useSyncExternalStore } from 'react'

export type Theme = 'light' | 'dark' | 'system'

/** The same name as in public/theme.js, which sets the class before the first paint. */
const KEY = 'switchboard.theme'
const listeners = new Set<() => void>()
const system = () => window.matchMedia('(prefers-color-scheme: dark)')

function kept(): Theme {
  try {
    const value = localStorage.getItem(KEY)
    return value === 'light' || value === 'dark' ? value : 'system'
  } catch {
    return 'system'
  }
}

function apply(): void {
  const theme = kept()
  document.documentElement.classList.toggle('dark', theme === 'dark' || (theme === 'system' && system().matches))
  for (const listener of listeners) listener()
}

export function setTheme(theme: Theme): void {
  if (theme === 'system') localStorage.removeItem(KEY)
  else localStorage.setItem(KEY, theme)
  apply()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  const changes = system()
  changes.addEventListener('change', apply)
  return () => {
    listeners.delete(listener)
    changes.removeEventListener('change', apply)
  }
}

/** What was chosen. */
export function useTheme(): Theme {
  return useSyncExternalStore(subscribe, kept)
}

/** What is seen: for what is drawn with colours of its own, and drawn anew when they change. */
export function useIsDark(): boolean {
  return useSyncExternalStore(subscribe, () => document.documentElement.classList.contains('dark'))
}
