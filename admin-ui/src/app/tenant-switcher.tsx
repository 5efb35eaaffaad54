import { Link, useNavigate } from '@tanstack/react-router'
import { ChevronsUpDown, Undo2 } from 'lucide-react'
import { Button } from '@/components/ui/button'
import { DropdownMenu, DropdownMenuContent, DropdownMenuItem, DropdownMenuLabel, DropdownMenuRadioGroup, DropdownMenuRadioItem, DropdownMenuTrigger } from '@/components/ui/dropdown-menu'
import { toast } from '@/components/ui/toast'
import { api, take } from '@/lib/api'
import { keep, useMe } from '@/lib/session'

/** What is said in place of the role, where one cannot go. */
const STATES: Record<string, string> = { suspended: 'suspended', deleting: 'being deleted' }

export function TenantSwitcher() {
  const { tenant, tenants } = useMe()
  const navigate = useNavigate()
  const waiting = tenants.filter(({ status, role }) => status === 'deleting' && role === 'owner')
  const goOver = async (to: string) => {
    if (to === tenant.id) return
    try {
      const tokens = await take(api.POST('/auth/switch', { body: { tenant_id: to, cookies: true } }))
      await navigate({ to: '/' })
      keep(tokens)
    } catch (error) {
      toast.error(error)
    }
  }
  return (
    <DropdownMenu>
      <DropdownMenuTrigger asChild>
        <Button variant="ghost" className="min-w-0 shrink" aria-label={`Tenant: ${tenant.name}`}>
          <span className="max-w-40 truncate md:max-w-64">{tenant.name}</span>
          <ChevronsUpDown className="text-muted-foreground" aria-hidden />
        </Button>
      </DropdownMenuTrigger>
      <DropdownMenuContent align="start" className="max-w-72">
        <DropdownMenuLabel>Tenants</DropdownMenuLabel>
        <DropdownMenuRadioGroup value={tenant.id} onValueChange={(to) => void goOver(to)}>
          {tenants.map((place) => (
            <DropdownMenuRadioItem key={place.id} value={place.id} disabled={place.status !== 'active'}>
              <span className="min-w-0">
                <span className="block truncate">{place.name}</span>
                <span className="block text-sm text-muted-foreground">{STATES[place.status] ?? place.role}</span>
              </span>
            </DropdownMenuRadioItem>
          ))}
        </DropdownMenuRadioGroup>
        {waiting.map((place) => (
          <DropdownMenuItem key={place.id} asChild>
            <Link to="/restore" search={{ tenant: place.id }}>
              <Undo2 aria-hidden />
              Restore {place.name}…
            </Link>
          </DropdownMenuItem>
        ))}
      </DropdownMenuContent>
    </DropdownMenu>
  )
}
