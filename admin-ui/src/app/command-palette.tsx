import { useNavigate } from '@tanstack/react-router'
import { BookOpen, CircleUserRound, LogOut, Moon, Sun } from 'lucide-react'
import { Command, CommandEmpty, CommandGroup, CommandInput, CommandItem, CommandList } from '@/components/ui/command'
import { Dialog, DialogContent } from '@/components/ui/dialog'
import { signOut } from '@/lib/session'
import { setTheme } from '@/lib/theme'
import { useDestinations } from './use-destinations'

interface CommandPaletteProps {
  open: boolean
  onOpenChange: (open: boolean) => void
}

/** Every page and a few deeds, by their names. */
export function CommandPalette({ open, onOpenChange }: CommandPaletteProps) {
  return (
    <Dialog open={open} onOpenChange={onOpenChange}>
      <DialogContent title="Search" hideTitle className="top-[12dvh] max-w-xl translate-y-0 space-y-0 p-0">
        <Commands close={() => onOpenChange(false)} />
      </DialogContent>
    </Dialog>
  )
}

function Commands({ close }: { close: () => void }) {
  const navigate = useNavigate()
  const destinations = useDestinations().flatMap(([, destinations]) => destinations)
  const run = (deed: () => unknown) => () => {
    close()
    void deed()
  }
  return (
    <Command label="Pages and commands" loop>
      <CommandInput placeholder="Go to a page…" />
      <CommandList className="max-h-80 overflow-y-auto">
        <CommandEmpty className="px-4 py-8 text-center text-muted-foreground">Nothing is called that.</CommandEmpty>
        <CommandGroup heading="Pages">
          {destinations.map(({ to, label, icon: Icon }) => (
            <CommandItem key={to} value={label} onSelect={run(() => navigate({ to }))}>
              <Icon aria-hidden />
              {label}
            </CommandItem>
          ))}
          <CommandItem onSelect={run(() => navigate({ to: '/account' }))}>
            <CircleUserRound aria-hidden />
            Your account
          </CommandItem>
        </CommandGroup>
        <CommandGroup heading="Commands">
          <CommandItem onSelect={run(() => setTheme('light'))}>
            <Sun aria-hidden />
            Light theme
          </CommandItem>
          <CommandItem onSelect={run(() => setTheme('dark'))}>
            <Moon aria-hidden />
            Dark theme
          </CommandItem>
          <CommandItem onSelect={run(() => window.open('/docs', '_blank', 'noreferrer'))}>
            <BookOpen aria-hidden />
            API documentation
          </CommandItem>
          <CommandItem onSelect={run(signOut)}>
            <LogOut aria-hidden />
            Sign out
          </CommandItem>
        </CommandGroup>
      </CommandList>
    </Command>
  )
}
