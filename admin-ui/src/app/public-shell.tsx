import { Outlet } from '@tanstack/react-router'
import { Mark } from '@/components/mark'
import { Showcase } from './showcase'
import { ThemeMenu } from './theme-menu'

/** What stands around the pages of whoever is not signed in. */
export function PublicShell() {
  return (
    <div className="grid min-h-dvh bg-sidebar lg:grid-cols-[minmax(0,5fr)_minmax(0,6fr)]">
      <div className="flex min-h-dvh flex-col">
        <header className="flex h-14 items-center justify-between px-4 md:px-6">
          <span className="flex items-center gap-2.5 font-semibold tracking-tight">
            <Mark className="size-6" />
            Switchboard
          </span>
          <ThemeMenu />
        </header>
        <main className="mx-auto flex w-full max-w-sm flex-1 flex-col justify-center px-4 pt-4 pb-24">
          <Outlet />
        </main>
      </div>
      <Showcase />
    </div>
  )
}
