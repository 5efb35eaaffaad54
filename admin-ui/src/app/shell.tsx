import { Link, Outlet, useLocation } from '@tanstack/react-router'
import { Menu, Search, WifiOff } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { Mark } from '@/components/mark'
import { Button } from '@/components/ui/button'
import { Dialog, SheetContent } from '@/components/ui/dialog'
import { useConnection } from '@/lib/api'
import { modifierName, useShortcut } from '@/lib/keyboard'
import { CommandPalette } from './command-palette'
import { Sidebar } from './sidebar'
import { TenantSwitcher } from './tenant-switcher'
import { ThemeMenu } from './theme-menu'
import { UserMenu } from './user-menu'

/** What stands around every page of somebody who is signed in. */
export function Shell() {
  const [navigating, setNavigating] = useState(false)
  const [searching, setSearching] = useState(false)
  const main = useRef<HTMLElement>(null)
  const path = useLocation({ select: (location) => location.pathname })
  const shown = useRef(path)
  useShortcut('k', () => setSearching((open) => !open))

  // A new page is read from its beginning.
  useEffect(() => {
    if (shown.current === path) return
    shown.current = path
    setNavigating(false)
    main.current?.focus({ preventScroll: true })
  }, [path])

  return (
    <div className="min-h-dvh md:grid md:grid-cols-[14.5rem_minmax(0,1fr)]">
      <a href="#main" className="sr-only z-50 rounded-md bg-primary px-3 py-2 text-primary-foreground focus:not-sr-only focus:fixed focus:top-2 focus:left-2">
        Skip to the page
      </a>
      <aside className="sticky top-0 hidden h-dvh flex-col border-r bg-sidebar md:flex">
        <Brand />
        <Sidebar />
      </aside>
      <Dialog open={navigating} onOpenChange={setNavigating}>
        <SheetContent side="left" title="Navigation" hideTitle className="w-64 gap-0 bg-sidebar p-0">
          <Brand />
          <Sidebar />
        </SheetContent>
      </Dialog>
      <div className="flex min-w-0 flex-col">
        <header className="sticky top-0 z-30 flex h-12 items-center gap-1.5 border-b bg-background/85 px-3 backdrop-blur md:px-6">
          <Button variant="ghost" size="icon" className="md:hidden" aria-label="Open the navigation" onClick={() => setNavigating(true)}>
            <Menu aria-hidden />
          </Button>
          <TenantSwitcher />
          <Reconnecting />
          <div className="flex-1" />
          <Button className="hidden w-52 justify-between font-normal text-muted-foreground md:flex" onClick={() => setSearching(true)}>
            <span className="flex items-center gap-2">
              <Search aria-hidden />
              Search
            </span>
            <kbd className="font-sans text-xs">{modifierName()} K</kbd>
          </Button>
          <Button variant="ghost" size="icon" className="md:hidden" aria-label="Search" onClick={() => setSearching(true)}>
            <Search aria-hidden />
          </Button>
          <ThemeMenu />
          <UserMenu />
        </header>
        <main ref={main} id="main" tabIndex={-1} className="mx-auto w-full max-w-6xl flex-1 px-4 py-6 outline-none md:px-8 md:py-8">
          <Outlet />
        </main>
      </div>
      <CommandPalette open={searching} onOpenChange={setSearching} />
    </div>
  )
}

function Brand() {
  return (
    <Link to="/" className="flex h-12 shrink-0 items-center gap-2.5 px-4 font-semibold tracking-tight">
      <Mark className="size-6" />
      Switchboard
    </Link>
  )
}

function Reconnecting() {
  const isLost = useConnection() === 'reconnecting'
  return (
    <div role="status" className="text-sm text-warning-text">
      {isLost && (
        <span className="flex items-center gap-1.5 rounded-full bg-warning-soft px-2 py-0.5">
          <WifiOff className="size-3.5" aria-hidden />
          Reconnecting…
        </span>
      )}
    </div>
  )
}
